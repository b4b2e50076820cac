import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  answerClick,
  answerCommand,
  type ChatContext,
  floodGuard,
  shareGuard,
} from "../../src/commands/index.ts";
import { silentLog } from "../../src/log.ts";
import type { Click, CommandRequest } from "../../src/message.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "../metrics/asked-company.ts";
import { asManyAsFit } from "../support/as-many-as-fit.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { aChannel, aColleague, buttonsOf, colleaguesAtHome, heard } from "./a-chat.ts";

/** What nobody may read but in C0LEAD; how it is said in en-GB. */
const SECRET = 987_654_321;
const secretDigits = /987[.,]?\d|987654/;
const now = Temporal.Instant.from("2026-03-16T09:00:00Z");

let company: AskedCompany;
let context: ChatContext;

beforeAll(async () => {
  const secret = `SELECT w.a, t.account_id, t.created_at AS at, ${SECRET} AS num
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;
  company = await askedCompany(
    aMetric(secret, { id: "secret_money", name: "Secret Money", sensitive: "true", n: "accounts" }),
  );
  const at = ["2026-03-03T09:00Z", "2026-03-10T09:00Z"];
  await putRows(company.db, {
    accounts: [anAccount("a"), anAccount("b", { signed_up_at: "2026-03-10T09:00Z" })],
    tickets: at.map((created_at, i) => ({ ticket_id: `t${i}`, account_id: "a", created_at })),
  });
  await completeThrough(company.db, "2026-03-16T00:00Z");
  await company.refresh();
});
afterAll(() => company.close());

beforeEach(() => {
  context = {
    metrics: { db: company.db, catalogue: company.catalogue, settings: company.settings },
    rules: { sensitiveChannels: new Set(["slack:C0LEAD"]), sensitiveViewers: null },
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: ["weekly_sign_ups"],
    prefix: "/kpi",
    log: silentLog,
    privateChannels: new Set(["slack:C0QUIET"]),
    facts: colleaguesAtHome,
    flood: { pace: () => "answer" },
    sharing: shareGuard(),
  };
});

const doing = (channel: string, direct = false) => ({
  id: "T1",
  asker: { platform: "slack", user: "U0ANA" },
  place: { platform: "slack", channel },
  direct,
  external: false,
});

async function typed(text: string, channel: string, more: Partial<CommandRequest> = {}) {
  const reply = heard();
  await answerCommand(context, { ...doing(channel), text, ...more }, reply, now);
  return reply;
}

async function pressed(action: string, value: string, channel: string, more: Partial<Click> = {}) {
  const reply = heard();
  await answerClick(context, { ...doing(channel), action, value, ...more }, reply, now);
  return reply;
}

describe("an answer", () => {
  test("is everyone's, and its buttons ask what comes next", async () => {
    const { said } = await typed("weekly_sign_ups", "C0ALL");
    expect(said).toMatchObject([{ audience: "everyone" }]);
    const buttons = buttonsOf(said[0]?.message ?? { summary: "", blocks: [] });
    expect(buttons.map(({ id }) => id)).toEqual(["ask", "ask"]);
    for (const { value } of buttons) {
      const next = await pressed("ask", value, "C0ALL");
      expect(next.said).toMatchObject([{ audience: "asker" }]);
      expect(next.said[0]?.message.summary).not.toMatch(/is not understood|no metric/);
    }
  });

  test("is the asker's alone in a channel that kpi.yaml keeps quiet, with a button that shares it", async () => {
    const { said } = await typed("weekly_sign_ups", "C0QUIET");
    expect(said).toMatchObject([{ audience: "asker" }]);
    const [share] = buttonsOf(said[0]?.message ?? { summary: "", blocks: [] });
    expect(share).toMatchObject({ id: "share", label: "Share" });
    const shared = await pressed("share", share?.value ?? "", "C0QUIET");
    expect(shared.said).toMatchObject([{ audience: "everyone" }]);
    expect(shared.dismissed).toBe(1);
    expect(shared.said[0]?.message.summary).toBe(said[0]?.message.summary);
  });

  test.each([
    ["private", "C0ALL", "asker"],
    ["public", "C0QUIET", "everyone"],
  ])(
    "is seen as the question's own word %s says, and its button asks without that word",
    async (word, channel, audience) => {
      const { said } = await typed(`weekly_sign_ups ${word}`, channel);
      expect(said).toMatchObject([{ audience }]);
      for (const { value } of buttonsOf(said[0]?.message ?? { summary: "", blocks: [] }))
        expect(value).not.toContain(word);
    },
  );

  test("that is shared later is of the week that was seen", async () => {
    const { said } = await typed("weekly_sign_ups", "C0QUIET");
    const [share] = buttonsOf(said[0]?.message ?? { summary: "", blocks: [] });
    expect(share?.value).toMatch(/^weekly_sign_ups\b.*\b(2026-03-09|2026-W11)$/);
    expect(share?.value).not.toContain(said[0]?.message.summary);
  });

  test("has no button to share it in a direct message, where a forged one shares nothing", async () => {
    const { said } = await typed("weekly_sign_ups", "D0ANA", { direct: true });
    expect(said).toMatchObject([{ audience: "asker" }]);
    const buttons = buttonsOf(said[0]?.message ?? { summary: "", blocks: [] });
    expect(buttons.map(({ id }) => id)).not.toContain("share");
    const forged = await pressed("share", "weekly_sign_ups", "D0ANA", { direct: true });
    expect(forged.said).toMatchObject([{ audience: "asker" }]);
  });

  test("to a button of a kind that is no more says so, to its presser alone", async () => {
    const { said } = await pressed("snooze", "weekly_sign_ups", "C0ALL");
    expect(said).toMatchObject([{ audience: "asker" }]);
    expect(said[0]?.message.summary).toContain("/kpi help");
  });

  test("is shared once however fast its button is pressed", async () => {
    const both = await Promise.all([
      pressed("share", "weekly_sign_ups", "C0ALL"),
      pressed("share", "weekly_sign_ups", "C0ALL"),
    ]);
    expect(both.flatMap(({ said }) => said)).toHaveLength(1);
  });
});

describe("a share", () => {
  test.each([
    ["of a sensitive metric in a channel that may not see it", "secret_money", {}],
    ["of a guest", "weekly_sign_ups", { person: { ...aColleague, guest: true } }],
    [
      "in a channel that became external",
      "weekly_sign_ups",
      { channel: { ...aChannel, external: true } },
    ],
    ["where the check fails", "weekly_sign_ups", { channel: null }],
  ])("%s is refused to its presser alone, and nothing goes away", async (_, value, facts) => {
    const known = { channel: aChannel, person: aColleague, ...facts };
    context.facts = { channel: async () => known.channel, person: async () => known.person };
    const { said, dismissed } = await pressed("share", value, "C0ALL");
    expect(said).toMatchObject([{ audience: "asker" }]);
    expect(said[0]?.message.summary).not.toMatch(secretDigits);
    expect(dismissed).toBe(0);
  });

  test("pressed again where its message could not be taken away is not said again", async () => {
    const first = heard();
    first.dismiss = async () => ({ ok: false, fault: { kind: "ambiguous", code: "http_500" } });
    const click = { ...doing("C0ALL"), action: "share", value: "weekly_sign_ups" };
    await answerClick(context, click, first, now);
    expect(first.said).toMatchObject([{ audience: "everyone" }]);
    const again = await pressed("share", "weekly_sign_ups", "C0ALL");
    expect(again).toMatchObject({ said: [], dismissed: 1 });
    const later = heard();
    await answerClick(context, click, later, now.add({ minutes: 6 }));
    expect(later.said).toMatchObject([{ audience: "everyone" }]);
  });

  test("of a sensitive metric goes where it may be seen", async () => {
    const { said } = await pressed("share", "secret_money", "C0LEAD");
    expect(said).toMatchObject([{ audience: "everyone" }]);
    expect(said[0]?.message.summary).toMatch(secretDigits);
  });

  test("that nobody could post is told to its presser", async () => {
    const reply = heard();
    const { say } = reply;
    reply.say = async (message, audience) =>
      audience === "everyone"
        ? { ok: false, fault: { kind: "refused", code: "not_in_channel" } }
        : say(message, audience);
    const click = { ...doing("C0ALL"), action: "share", value: "weekly_sign_ups" };
    await answerClick(context, click, reply, now);
    expect(reply.said).toMatchObject([{ audience: "asker" }]);
  });
});

test("whatever a button's value is made, it tells what typing it would, and never what may not be seen", async () => {
  const metric = fc.constantFrom(
    "secret_money",
    "Secret Money",
    "weekly_sign_ups",
    "define secret_money",
    "metrics",
    "scorecard",
  );
  const rest = fc.constantFrom(
    "",
    " tier=pro",
    " by tier",
    " last 2 weeks",
    " week 2026-03-09",
    " window=2",
    " public",
    " private",
  );
  const value = fc.oneof(
    fc.string(),
    fc.tuple(metric, rest).map(([name, more]) => name + more),
    fc.tuple(metric, fc.string(), rest).map(([name, noise, more]) => `${name}${noise}${more}`),
  );
  const action = fc.constantFrom("share", "ask", "", "anything");
  const channel = fc.constantFrom("C0ALL", "C0LEAD", "C0QUIET");
  let told = 0;
  await asManyAsFit(
    fc.asyncProperty(action, value, channel, async (id, words, place) => {
      const [click, line] = [heard(false), heard(false)];
      await answerClick(context, { ...doing(place), action: id, value: words }, click, now);
      const all = JSON.stringify(click.said);
      if (place !== "C0LEAD") expect(all).not.toMatch(secretDigits);
      else if (secretDigits.test(all)) told += 1;
      if (id !== "share" && id !== "ask") return;
      await answerCommand(context, { ...doing(place), text: words }, line, now);
      expect(click.said[0]?.message.summary).toBe(line.said[0]?.message.summary);
    }),
    { examples: [["share", "secret_money", "C0LEAD"]] },
  );
  // Where it may be seen it was seen, so that the words above do find it.
  expect(told).toBeGreaterThan(0);
}, 60_000);

describe("who asks", () => {
  test("another bot gets no word at all, so that two never talk for ever", async () => {
    context.facts = { ...colleaguesAtHome, person: async () => ({ ...aColleague, bot: true }) };
    expect((await typed("help", "C0ALL")).said).toEqual([]);
  });

  test("too much is told so once, and is answered again after a while", async () => {
    context.flood = floodGuard();
    const answers = [];
    for (let i = 0; i < 40; i += 1) answers.push((await typed("metrics", "C0ALL")).said);
    expect(answers.filter((said) => said[0]?.audience === "everyone")).toHaveLength(20);
    expect(answers.filter((said) => said[0]?.audience === "asker")).toHaveLength(1);
    const other = { asker: { platform: "slack", user: "U0BEN" } };
    expect((await typed("metrics", "C0ALL", other)).said).toMatchObject([{ audience: "everyone" }]);
    const later = heard();
    const request = { ...doing("C0ALL"), text: "metrics" };
    await answerCommand(context, request, later, now.add({ seconds: 4 }));
    expect(later.said).toMatchObject([{ audience: "everyone" }]);
  });
});
