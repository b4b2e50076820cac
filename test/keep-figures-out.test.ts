import { describe, expect, test } from "vitest";
import type { ChatConnection, ClickReply, Reply } from "../src/chat-connection.ts";
import {
  connectionWithoutFigures,
  handlersWithoutFigures,
  withoutFigures,
} from "../src/keep-figures-out.ts";
import type { Message } from "../src/message.ts";
import { ok } from "../src/result.ts";

const button = { kind: "button", id: "ask", label: "By tier", value: "mrr by tier" } as const;
const actions = { kind: "actions", actions: [button] } as const;
const image = { png: new Uint8Array(), alt: "$9,876", width: 1, height: 1, filename: "a.png" };
const aMessage = (about: Partial<Message> = {}): Message => ({
  summary: "MRR is $9,876",
  blocks: [{ kind: "text", text: "$9,876" }, actions],
  image,
  ...about,
});
const words = { summary: "MRR: routine.", blocks: [{ kind: "text", text: "Routine." }] } as const;

describe("a message where figures are kept out", () => {
  test("that does not say how it reads without them is not told", () => {
    const bare = withoutFigures(aMessage());
    expect(JSON.stringify(bare)).not.toContain("9,876");
    expect(bare.summary).toContain("kpi query");
  });

  test("keeps its words without figures, and what can be pressed", () => {
    expect(withoutFigures(aMessage({ withoutFigures: words }))).toEqual({
      summary: words.summary,
      blocks: [...words.blocks, actions],
      withoutFigures: "same",
    });
  });

  test("that has none is told as it is, without a picture", () => {
    const { summary, blocks } = aMessage();
    expect(withoutFigures(aMessage({ withoutFigures: "same" }))).toEqual({
      summary,
      blocks,
      withoutFigures: "same",
    });
  });

  test("is the same where it passes twice", () => {
    const once = withoutFigures(aMessage({ withoutFigures: words }));
    expect(withoutFigures(once)).toEqual(once);
  });

  test("offers no file", () => {
    const csv = { kind: "button", id: "csv", label: "CSV", value: "mrr" } as const;
    const offering = aMessage({ blocks: [{ kind: "actions", actions: [button, csv] }] });
    expect(withoutFigures({ ...offering, withoutFigures: words }).blocks.at(-1)).toEqual(actions);
  });
});

/** Whatever leaves by it. */
function aConnection(): { connection: ChatConnection; left: Message[] } {
  const left: Message[] = [];
  const ref = { platform: "slack", channel: "C0ALL", id: "1" };
  const keep = async (message: Message) => {
    left.push(message);
    return ok({ ref, pictured: false });
  };
  const nothing = async () => ok(null);
  const unasked = () => {
    throw new Error("nobody asks for it here");
  };
  return {
    left,
    connection: {
      port: {
        platform: "slack",
        post: (_, message) => keep(message),
        edit: (_, message) => keep(message),
        delete: nothing,
        find: unasked,
        directMessage: unasked,
        permalink: unasked,
        channelFacts: unasked,
        personFacts: unasked,
        repliesAfter: unasked,
      },
      connected: () => true,
      replyLater: () => ({
        say: keep,
        hand: async ({ name }) => {
          left.push({ summary: `the file ${name}`, blocks: [] });
          return ok("here");
        },
      }),
      stop: async () => {},
    },
  };
}

test("nothing leaves by a post, an edit, an answer, a click or an answer given later with a figure in it", async () => {
  const { connection, left } = aConnection();
  const guarded = connectionWithoutFigures(connection);
  const asker = { platform: "slack", user: "U0ANA" };
  const place = { platform: "slack", channel: "C0ALL" };
  const later = guarded.replyLater?.(asker, place);
  const said = [
    await guarded.port.post(place, aMessage(), "id"),
    await guarded.port.edit({ ...place, id: "1" }, aMessage()),
    await later?.say(aMessage(), "asker"),
  ];
  const answer = async (_: unknown, reply: Reply) =>
    void said.push(await reply.say(aMessage(), "everyone"));
  const handlers = handlersWithoutFigures({
    onCommand: answer,
    onClick: answer,
    onThreadReply: async () => {},
    onReadersChanged: async () => {},
    onTurnedAway: async () => {},
    inbox: { put: async () => true, settle: async () => {}, leave: () => {} },
  });
  const doing = { id: "1", asker, place, direct: false, external: false };
  const direct = connection.replyLater?.(asker, place);
  if (!direct) throw new Error("no reply");
  const reply: ClickReply = { ...direct, dismiss: async () => ok(null) };
  await handlers.onCommand({ ...doing, text: "mrr" }, reply);
  await handlers.onClick({ ...doing, action: "ask", value: "mrr" }, reply);
  await later?.hand({ name: "mrr.csv", bytes: new Uint8Array() }, aMessage());
  expect(left).toHaveLength(6);
  expect(JSON.stringify(left)).not.toContain("the file");
  expect(JSON.stringify(left)).not.toContain("9,876");
  // The picture is not missing: nobody is to bring it up to date.
  expect(said).toMatchObject(
    Array.from({ length: 5 }, () => ({ ok: true, value: { pictured: true } })),
  );
});
