import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ChatHandlers, Click, CommandRequest, Reply } from "../../src/chat-connection.ts";
import type { Message, Picture, ThreadReply } from "../../src/message.ts";
import type { Result } from "../../src/result.ts";
import { anyString, messageOf } from "../bot/any-message.ts";
import { memoryInbox } from "./memory-inbox.ts";
import type { ContractPlatform, StartPlatform } from "./platform.ts";

/** What every chat platform must do behind the port, run with the real client against a loopback server. */
export function describeChatPort(name: string, start: StartPlatform): void {
  describe(name, () => {
    const inbox = memoryInbox();
    const replies: ThreadReply[] = [];
    const requests: CommandRequest[] = [];
    const clicks: Click[] = [];
    let onCommand: ChatHandlers["onCommand"] = async () => {};
    let onClick: ChatHandlers["onClick"] = async () => {};
    let onThreadReply: ChatHandlers["onThreadReply"] = async () => {};
    let platform: ContractPlatform;

    beforeAll(async () => {
      platform = await start({
        onCommand: async (request, reply) => {
          requests.push(request);
          await onCommand(request, reply);
        },
        onClick: async (click, reply) => {
          clicks.push(click);
          await onClick(click, reply);
        },
        onThreadReply: async (reply) => {
          replies.push(reply);
          await onThreadReply(reply);
        },
        onReadersChanged: async () => {},
        onTurnedAway: async () => {},
        inbox,
      });
    });
    beforeEach(() => {
      replies.length = 0;
      requests.length = 0;
      clicks.length = 0;
      onClick = async () => {};
      onCommand = async () => {};
      onThreadReply = async () => {};
    });
    afterAll(async () => {
      await platform.stop();
    });

    const post = async (message: Message, ourId: string) =>
      theValue(await platform.connection.port.post(platform.channel, message, ourId));
    const shownAt = (id: string) => platform.shown().find((message) => message.id === id);
    const theShown = (id: string) => {
      const message = shownAt(id);
      if (!message) throw new Error(`no message ${id}`);
      return message;
    };
    /** Types a command and hands its reply over, its handler still running until `done`. */
    const asked = async (text: string, work: (reply: Reply) => Promise<unknown>) => {
      const done = Promise.withResolvers<void>();
      onCommand = async (_, reply) => {
        try {
          await work(reply);
          done.resolve();
        } catch (error) {
          done.reject(error);
        }
      };
      await platform.typeCommand(text);
      await done.promise;
    };

    test("a post without a picture stands as it was said", async () => {
      const posted = await post(words("Adoption fell to 41.2 %"), "post-plain");
      expect(posted.pictured).toBe(false);
      expect(posted.ref.channel).toBe(platform.channel.channel);
      expect(theShown(posted.ref.id).text).toContain("Adoption fell to 41.2 %");
    });

    test("a post with a picture shows both in one message", async () => {
      const posted = await post({ ...words("With a chart"), image: picture }, "post-picture");
      expect(posted.pictured).toBe(true);
      expect(theShown(posted.ref.id)).toMatchObject({ pictures: 1 });
      expect(theShown(posted.ref.id).text).toContain("With a chart");
    });

    test.each(["answer_500", "lose_answer", "limit"] as const)(
      "a picture that meets %s at any stage loses nothing of the words",
      async (how) => {
        for (const stage of platform.pictureStages) {
          const text = `Words stand ${stage}`;
          platform.failNext(stage, how);
          const posted = await post(
            { ...words(text), image: picture },
            `${how}-${stage}`.slice(0, 25),
          );
          expect(posted.pictured).toBe(false);
          expect(theShown(posted.ref.id).text).toContain("Words stand");
          if (how !== "lose_answer") expect(theShown(posted.ref.id).pictures).toBe(0);
        }
      },
    );

    test("an edit replaces the words and takes the old picture away", async () => {
      const posted = await post({ ...words("Before"), image: picture }, "post-edited");
      const edited = theValue(await platform.connection.port.edit(posted.ref, words("After")));
      expect(edited.ref).toEqual(posted.ref);
      expect(theShown(posted.ref.id)).toMatchObject({ pictures: 0 });
      expect(theShown(posted.ref.id).text).toContain("After");
      expect(theShown(posted.ref.id).text).not.toContain("Before");
    });

    test("a deleted message is gone, and deleting it again is refused", async () => {
      const { ref } = await post(words("Leaked"), "post-deleted");
      theValue(await platform.connection.port.delete(ref));
      expect(shownAt(ref.id)).toBeUndefined();
      const again = await platform.connection.port.delete(ref);
      expect(again).toMatchObject({ ok: false, fault: { kind: "refused" } });
    });

    test("a post is found by our own id, and only by that one", async () => {
      const since = Temporal.Now.instant();
      const { ref } = await post(words("Findable"), "find-me");
      const { port } = platform.connection;
      expect(await port.find(platform.channel, "find-me", since)).toEqual({ kind: "found", ref });
      expect(await port.find(platform.channel, "never-posted", since)).toEqual({ kind: "absent" });
    });

    test("a post whose answer was lost is ambiguous, and found without a second one", async () => {
      const since = Temporal.Now.instant();
      const { port } = platform.connection;
      platform.failNext("post", "lose_answer");
      const lost = await port.post(platform.channel, words("Lost answer"), "lost-answer");
      expect(lost).toMatchObject({ ok: false, fault: { kind: "ambiguous" } });
      await until(() => platform.shown().some(({ text }) => text === "Lost answer"));
      const seen = await port.find(platform.channel, "lost-answer", since);
      expect(seen.kind).toBe("found");
      expect(platform.shown().filter(({ text }) => text === "Lost answer")).toHaveLength(1);
    });

    test("a limit is told with its time and posts nothing", async () => {
      platform.failNext("post", "limit");
      const { port } = platform.connection;
      const limited = await port.post(platform.channel, words("Too fast"), "limited");
      expect(limited).toMatchObject({ ok: false, fault: { kind: "limited" } });
      if (limited.ok || limited.fault.kind !== "limited") return;
      expect(limited.fault.retryAfterMs).toBeGreaterThanOrEqual(7_000);
      expect(platform.shown().some(({ text }) => text.includes("Too fast"))).toBe(false);
    });

    test("what a person says in a thread arrives once, with its ids, however often it is delivered", async () => {
      const { ref } = await post(words("Discuss this"), "discussed");
      const { port } = platform.connection;
      theValue(await port.post({ ...ref, thread: ref.id }, words("What happened?"), "question"));
      const id = await platform.replyInThread(ref, "a campaign & <b>ended</b>");
      await until(() => replies.length > 0);
      expect(replies[0]).toMatchObject({
        id,
        head: { channel: platform.channel.channel, id: ref.id },
        text: "a campaign & <b>ended</b>",
        author: platform.person,
        fromBot: false,
      });
      const before = replies.length;
      await platform.deliverAgain();
      await platform.replyInThread(ref, "the end");
      await until(() => replies.some(({ text }) => text === "the end"));
      const again = replies.slice(before).filter(({ text }) => text !== "the end");
      // Slack's suite delivers one event of its own twice; Discord's repeats what arrived.
      expect(again.length).toBeLessThanOrEqual(1);
      expect(new Set(replies.map((reply) => reply.id)).size).toBe(replies.length);
    });

    test("a reply that could not be dealt with is left in the inbox, and any other settled there", async () => {
      const { ref } = await post(words("Kept or not"), "left");
      const { port } = platform.connection;
      theValue(await port.post({ ...ref, thread: ref.id }, words("What happened?"), "left-why"));
      const before = { settled: inbox.settled.length, left: inbox.left.length };
      onThreadReply = async () => {
        throw new Error("the database is away");
      };
      await platform.replyInThread(ref, "not now");
      await until(() => inbox.left.length > before.left);
      expect(inbox.settled).toHaveLength(before.settled);
      onThreadReply = async () => {};
      await platform.replyInThread(ref, "now");
      await until(() => inbox.settled.length > before.settled);
      expect(inbox.left).toHaveLength(before.left + 1);
    });

    test("the bot's own words in a thread are no reply", async () => {
      const { ref } = await post(words("Head"), "own-head");
      const { port } = platform.connection;
      theValue(await port.post({ ...ref, thread: ref.id }, words("Mine"), "own-reply"));
      await platform.replyInThread(ref, "theirs");
      await until(() => replies.length > 0);
      expect(replies.map(({ text }) => text)).toEqual(["theirs"]);
    });

    test("what was said in a thread while nobody listened can be read afterwards", async () => {
      const { ref } = await post(words("Catch up"), "catch-up");
      const { port } = platform.connection;
      expect(theValue(await port.repliesAfter(ref, null))).toEqual([]);
      theValue(await port.post({ ...ref, thread: ref.id }, words("Why?"), "catch-up-why"));
      const first = await platform.replyInThread(ref, "one");
      await platform.replyInThread(ref, "two");
      const all = theValue(await port.repliesAfter(ref, null));
      expect(all.map(({ text }) => text)).toEqual(["one", "two"]);
      const later = theValue(await port.repliesAfter(ref, first));
      expect(later.map(({ text }) => text)).toEqual(["two"]);
    });

    test("a command is acknowledged while its handler still works", async () => {
      const release = Promise.withResolvers<void>();
      const finished = Promise.withResolvers<void>();
      onCommand = async () => {
        await release.promise;
        finished.resolve();
      };
      const before = platform.ackMs().length;
      await platform.typeCommand("adoption tier=pro");
      expect(platform.ackMs().slice(before)).toHaveLength(1);
      expect(platform.ackMs().at(-1)).toBeLessThan(3_000);
      await until(() => requests.length === 1);
      expect(requests[0]).toMatchObject({
        text: "adoption tier=pro",
        asker: platform.person,
        place: platform.channel,
      });
      release.resolve();
      await finished.promise;
    });

    test("a handler that throws takes nothing down", async () => {
      await asked("first", async () => {});
      onCommand = async () => {
        throw new Error("a bug");
      };
      await platform.typeCommand("second");
      await until(() => requests.length === 2);
      await asked("third", async () => {});
      expect(requests.map(({ text }) => text)).toEqual(["first", "second", "third"]);
    });

    test.each(["everyone", "asker"] as const)(
      "an answer to %s is replaced by the next one",
      async (to) => {
        await asked("adoption", async (reply) => {
          theValue(await reply.say(words(`Working for ${to}`), to));
          const said = theValue(
            await reply.say({ ...words(`Done for ${to}`), image: picture }, to),
          );
          expect(said.pictured).toBe(true);
        });
        const mine = platform.shown().filter(({ text }) => text.includes(`for ${to}`));
        expect(mine).toHaveLength(1);
        expect(mine[0]).toMatchObject({ hidden: to === "asker", pictures: 1 });
        expect(mine[0]?.text).toContain(`Done for ${to}`);
      },
    );

    test.each([
      ["everyone", "asker"],
      ["asker", "everyone"],
    ] as const)("an answer that goes from %s to %s leaves nothing behind", async (from, to) => {
      await asked("adoption", async (reply) => {
        theValue(await reply.say(words(`First ${from}-${to}`), from));
        theValue(await reply.say(words(`Then ${from}-${to}`), to));
      });
      const mine = platform.shown().filter(({ text }) => text.includes(`${from}-${to}`));
      expect(mine).toHaveLength(1);
      expect(mine[0]).toMatchObject({ hidden: to === "asker" });
    });

    test("a button comes back as it was given, with who pressed it and where", async () => {
      const { ref } = await post(withButton("Press here", 'adoption source="big event"'), "button");
      await platform.press(ref.id, "Press me");
      await until(() => clicks.length === 1);
      expect(clicks[0]).toMatchObject({
        action: "ask",
        value: 'adoption source="big event"',
        asker: platform.person,
        place: platform.channel,
        direct: false,
      });
    });

    test("a choice in a menu comes back as it was given", async () => {
      const { ref } = await post(withButton("Choose here", 'adoption source="big event"'), "menu");
      await platform.choose(ref.id, "Choose", "Two");
      await until(() => clicks.length === 1);
      expect(clicks[0]).toMatchObject({
        action: "ask",
        value: 'adoption source="big event" two',
        asker: platform.person,
        place: platform.channel,
      });
    });

    test("what answers a button leaves its message as it was", async () => {
      const done = Promise.withResolvers<void>();
      onClick = async (_, reply) => {
        theValue(await reply.say({ ...words("For the presser"), image: picture }, "asker"));
        theValue(await reply.dismiss());
        done.resolve();
      };
      const { ref } = await post(withButton("Stays", "adoption"), "button-stays");
      await platform.press(ref.id, "Press me");
      await done.promise;
      expect(theShown(ref.id).text).toContain("Stays");
      const mine = platform.shown().filter(({ text }) => text.includes("For the presser"));
      expect(mine).toMatchObject([{ hidden: true }]);
    });

    test("a file is handed to whoever asks, with its bytes, and to nobody else", async () => {
      const text = '\ufeff"metric","value"\r\n"é @everyone",-0.412\r\n';
      const file = { name: "adoption.csv", bytes: new TextEncoder().encode(text) };
      let where = "";
      await asked("adoption", async (reply) => {
        where = theValue(await reply.hand(file, words("Your numbers @everyone")));
      });
      expect(platform.handed()).toEqual([{ name: "adoption.csv", text, alone: true }]);
      expect(["here", "direct"]).toContain(where);
      expect(platform.shown().flatMap(({ activeTokens }) => activeTokens)).toEqual([]);
    });

    test("a file that cannot be sent is told as a fault, and words still can be said", async () => {
      const file = { name: "adoption.csv", bytes: new TextEncoder().encode("a\r\n") };
      const [stage = ""] = platform.fileStages;
      platform.failNext(stage, "limit");
      await asked("adoption", async (reply) => {
        expect(await reply.hand(file, words("Numbers"))).toMatchObject({ ok: false });
        theValue(await reply.say(words("No file for you"), "asker"));
      });
      const mine = platform.shown().filter(({ text }) => text.includes("No file for you"));
      expect(mine).toMatchObject([{ hidden: true }]);
    });

    test("a private answer is shared by its button", async () => {
      const done = Promise.withResolvers<void>();
      onClick = async (_, reply) => {
        theValue(await reply.say(words("Shared with all"), "everyone"));
        theValue(await reply.dismiss());
        done.resolve();
      };
      await asked("adoption private", async (reply) => {
        theValue(await reply.say(withButton("Between us", "adoption"), "asker"));
      });
      const shownAlone = platform.shown().find(({ text }) => text.includes("Between us"));
      if (!shownAlone) throw new Error("nothing was said");
      await platform.press(shownAlone.id, "Press me");
      await done.promise;
      const shared = platform.shown().filter(({ text }) => text.includes("Shared with all"));
      expect(shared).toMatchObject([{ hidden: false }]);
    });

    test("a message far too long is cut from the end and says so", async () => {
      const { ref } = await post(
        {
          summary: "long",
          blocks: [
            {
              kind: "table",
              caption: "Worst first",
              columns: [
                { label: "metric", align: "left" },
                { label: "value", align: "right" },
              ],
              rows: Array.from({ length: 400 }, (_, i) => [`metric number ${i + 1}`, `${i}.5 %`]),
            },
          ],
        },
        "too-long",
      );
      const { text } = theShown(ref.id);
      expect(text).toContain("metric number 1");
      expect(text).not.toContain("metric number 400");
      const left = /Left out here: (\d+) more rows/.exec(text)?.[1];
      const kept = text.match(/metric number \d+/g)?.length ?? 0;
      expect(Number(left) + kept).toBe(400);
    });

    test("no string in any field acts", async () => {
      let posts = 0;
      await fc.assert(
        fc.asyncProperty(anyString(), async (text) => {
          posts += 1;
          const { ref } = await post(messageOf(text), `hostile-${posts}`);
          expect(theShown(ref.id).activeTokens).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });

    test("channel and person are told as they are", async () => {
      const { port } = platform.connection;
      const channel = theValue(await port.channelFacts(platform.channel));
      expect(channel).toMatchObject({
        name: "gtm",
        external: false,
        archived: false,
        direct: false,
      });
      const person = theValue(await port.personFacts(platform.person));
      expect(person).toMatchObject({ name: "ana", guest: false, stranger: false, active: true });
    });

    test("a direct message with a person is one place, where a post is found as anywhere", async () => {
      const { port } = platform.connection;
      const since = Temporal.Now.instant();
      const place = theValue(await port.directMessage(platform.person));
      expect(place.platform).toBe(platform.channel.platform);
      expect(place).not.toEqual(platform.channel);
      expect(theValue(await port.directMessage(platform.person))).toEqual(place);
      const { ref } = theValue(await port.post(place, words("For you alone"), "direct"));
      expect(await port.find(place, "direct", since)).toEqual({ kind: "found", ref });
      expect(platform.shown().some(({ text }) => text.includes("For you alone"))).toBe(false);
      const edited = theValue(await port.edit(ref, words("Changed")));
      expect(edited.ref).toEqual(ref);
    });

    test("a direct message with somebody whom the platform does not know is refused", async () => {
      const { port } = platform.connection;
      const nobody = { ...platform.person, user: `${platform.person.user}9` };
      expect(await port.directMessage(nobody)).toMatchObject({
        ok: false,
        fault: { kind: "refused" },
      });
    });

    test("a message has an address", async () => {
      const { ref } = await post(words("Linked"), "linked");
      const link = theValue(await platform.connection.port.permalink(ref));
      expect(URL.canParse(link)).toBe(true);
      expect(link).toContain(ref.id.replace(".", ""));
    });

    test("the platform found nothing to complain of", () => {
      expect(platform.problems()).toEqual([]);
    });
  });
}

function until(look: () => boolean): Promise<boolean> {
  return vi.waitUntil(look, { timeout: 5_000, interval: 10 });
}

function withButton(text: string, value: string): Message {
  const choices = [
    { label: "One", value: "one" },
    { label: "Two", value: `${value} two` },
  ];
  const actions = [
    { kind: "button", id: "ask", label: "Press me", value },
    { kind: "menu", id: "ask", label: "Choose", choices },
  ] as const;
  return {
    summary: text,
    blocks: [
      { kind: "text", text },
      { kind: "actions", actions },
    ],
  };
}

function words(text: string): Message {
  return { summary: text, blocks: [{ kind: "text", text }] };
}

function theValue<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.fault)}`);
  return result.value;
}

/** One white pixel. */
const picture: Picture = {
  png: Uint8Array.from(
    Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  ),
  alt: "Adoption over 26 weeks, falling since June",
  width: 1,
  height: 1,
  filename: "adoption.png",
};
