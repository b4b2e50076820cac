import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Click, CommandRequest } from "../../src/chat-connection.ts";
import {
  answerClick,
  answerCommand,
  type ChatContext,
  floodGuard,
  shareGuard,
} from "../../src/commands/index.ts";
import { silentLog } from "../../src/log.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "../metrics/asked-company.ts";
import { faultTest } from "../support/fault-test.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { someRules } from "../support/some-rules.ts";
import {
  aChannel,
  aColleague,
  buttonsOf,
  colleaguesAtHome,
  type Heard,
  heard,
  menusOf,
  saidTo,
  standing,
} from "./a-chat.ts";

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
    rules: someRules(["slack:C0LEAD"]),
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

const toEveryone = ["everyone", "everyone, with its picture"];
const toAsker = ["asker", "asker, with its picture"];

function labels({ said }: Heard): string[][] {
  return said.map(({ message }) => buttonsOf(message).map(({ label }) => label));
}

describe("an answer", () => {
  test("is everyone's, and its buttons ask what comes next", async () => {
    const answer = await typed("weekly_sign_ups", "C0ALL");
    expect(saidTo(answer)).toEqual(toEveryone);
    const buttons = buttonsOf(standing(answer));
    expect(buttons.map(({ id }) => id)).toEqual(["ask", "ask", "csv"]);
    for (const { value } of buttons.filter(({ id }) => id === "ask")) {
      const next = await pressed("ask", value, "C0ALL");
      expect(new Set(next.said.map(({ audience }) => audience))).toEqual(new Set(["asker"]));
      expect(standing(next).summary).not.toMatch(/is not understood|no metric/);
    }
  });

  test("of a scorecard offers questions in menus, each of which is answered to whoever chooses", async () => {
    const menus = menusOf(standing(await typed("scorecard", "C0ALL")));
    expect(menus.map(({ label }) => label)).toEqual(["Break down", "Definition of"]);
    for (const { id, choices } of menus)
      for (const { label, value } of choices) {
        const answer = await pressed(id, value, "C0ALL");
        expect(answer.said[0]?.audience).toBe("asker");
        expect(standing(answer).summary).not.toMatch(/is not understood|no metric|no week/);
        expect(JSON.stringify(standing(answer).blocks[0])).toContain(label);
      }
  });

  test("has its numbers as a file, to whoever presses the button, with their rights", async () => {
    for (const line of ["scorecard", "weekly_sign_ups by source"]) {
      const csv = buttonsOf(standing(await typed(line, "C0ALL"))).find(({ id }) => id === "csv");
      const pressing = await pressed("csv", csv?.value ?? "", "C0ALL");
      expect(pressing.said).toEqual([]);
      expect(pressing.handed).toMatchObject([{ name: expect.stringMatching(/2026-W11\.csv$/) }]);
      const [file] = pressing.handed;
      expect(new TextDecoder().decode(file?.bytes)).toContain("weekly_sign_ups");
    }
    const secret = await pressed("csv", "secret_money", "C0ALL");
    expect(secret.handed).toEqual([]);
    expect(standing(secret).summary).not.toMatch(secretDigits);
    const words = await pressed("csv", "define weekly_sign_ups", "C0ALL");
    expect(words.handed).toEqual([]);
    expect(standing(words).summary).toContain("no numbers here");
  });

  test("whose file cannot be sent is told, with what to do", async () => {
    const reply = heard({ isSaid: false });
    const click = { ...doing("C0ALL"), action: "csv", value: "weekly_sign_ups" };
    await answerClick(context, click, reply, now);
    expect(standing(reply).summary).toContain("The file could not be sent to you.");
  });

  test("is the asker's alone in a channel that kpi.yaml keeps quiet, with a button that shares it", async () => {
    const answer = await typed("weekly_sign_ups", "C0QUIET");
    expect(saidTo(answer)).toEqual(toAsker);
    const [share] = buttonsOf(standing(answer));
    expect(share).toMatchObject({ id: "share", label: "Share" });
    const shared = await pressed("share", share?.value ?? "", "C0QUIET");
    expect(saidTo(shared)).toEqual(toEveryone);
    expect(shared.dismissed).toBe(1);
    expect(standing(shared).summary).toBe(standing(answer).summary);
  });

  test("can be shared from the moment its picture is there, and not before", async () => {
    const answer = await typed("weekly_sign_ups", "C0QUIET");
    expect(labels(answer)).toEqual([
      ["By source", "Definition", "CSV"],
      ["Share", "By source", "Definition", "CSV"],
    ]);
  });

  test("whose picture is lost is said once more, to be shared, and a public one is not", async () => {
    const alone = heard({ pictured: false });
    const request = { ...doing("C0QUIET"), text: "weekly_sign_ups" };
    await answerCommand(context, request, alone, now);
    expect(saidTo(alone)).toEqual([...toAsker, "asker"]);
    expect(labels(alone).at(-1)).toContain("Share");
    const forAll = heard({ pictured: false });
    await answerCommand(context, { ...request, ...doing("C0ALL") }, forAll, now);
    expect(saidTo(forAll)).toEqual(toEveryone);
  });

  test.each([
    ["private", "C0ALL", toAsker],
    ["public", "C0QUIET", toEveryone],
  ])(
    "is seen as the question's own word %s says, and its button asks without that word",
    async (word, channel, audience) => {
      const answer = await typed(`weekly_sign_ups ${word}`, channel);
      expect(saidTo(answer)).toEqual(audience);
      for (const { value } of buttonsOf(standing(answer))) expect(value).not.toContain(word);
    },
  );

  test("that is shared later is of the week that was seen", async () => {
    const answer = await typed("weekly_sign_ups", "C0QUIET");
    const [share] = buttonsOf(standing(answer));
    expect(share?.value).toMatch(/^weekly_sign_ups\b.*\b(2026-03-09|2026-W11)$/);
    expect(share?.value).not.toContain(standing(answer).summary);
  });

  test("has no button to share it in a direct message, where a forged one shares nothing", async () => {
    const answer = await typed("weekly_sign_ups", "D0ANA", { direct: true });
    expect(saidTo(answer)).toEqual(toAsker);
    expect(labels(answer).flat()).not.toContain("Share");
    const forged = await pressed("share", "weekly_sign_ups", "D0ANA", { direct: true });
    expect(saidTo(forged)).toEqual(toAsker);
    expect(forged.dismissed).toBe(0);
  });

  test("to a button of a kind that is no more says so, to its presser alone", async () => {
    const answer = await pressed("snooze", "weekly_sign_ups", "C0ALL");
    expect(saidTo(answer)).toEqual(["asker"]);
    expect(standing(answer).summary).toContain("/kpi help");
  });

  test("is shared once however fast its button is pressed", async () => {
    const both = await Promise.all([
      pressed("share", "weekly_sign_ups", "C0ALL"),
      pressed("share", "weekly_sign_ups", "C0ALL"),
    ]);
    expect(both.flatMap(saidTo)).toEqual(toEveryone);
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
    context.facts = {
      forget: () => {},
      channel: async () => known.channel,
      person: async () => known.person,
    };
    const refused = await pressed("share", value, "C0ALL");
    expect(saidTo(refused)).toEqual(["asker"]);
    expect(standing(refused).summary).not.toMatch(secretDigits);
    expect(refused.dismissed).toBe(0);
  });

  test("pressed again where its message could not be taken away is not said again", async () => {
    const first = heard();
    first.dismiss = async () => ({ ok: false, fault: { kind: "ambiguous", code: "http_500" } });
    const click = { ...doing("C0ALL"), action: "share", value: "weekly_sign_ups" };
    await answerClick(context, click, first, now);
    expect(saidTo(first)).toEqual(toEveryone);
    const again = await pressed("share", "weekly_sign_ups", "C0ALL");
    expect(again).toMatchObject({ said: [], dismissed: 1 });
    const later = heard();
    await answerClick(context, click, later, now.add({ minutes: 6 }));
    expect(saidTo(later)).toEqual(toEveryone);
  });

  test("of a sensitive metric goes where it may be seen", async () => {
    const shared = await pressed("share", "secret_money", "C0LEAD");
    expect(saidTo(shared)).toEqual(toEveryone);
    expect(standing(shared).summary).toMatch(secretDigits);
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
    expect(saidTo(reply)).toEqual(["asker"]);
  });
});

faultTest(
  31,
  "whatever a button's value is made, it tells what typing it would, and never what may not be seen",
  async (run) => {
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
    const action = fc.constantFrom("share", "ask", "csv", "", "anything");
    const channel = fc.constantFrom("C0ALL", "C0LEAD", "C0QUIET");
    const seen = { told: 0, disclosed: 0 };
    const holds = async (id: string, words: string, place: string): Promise<void> => {
      const [click, line] = [heard({ isSaid: false }), heard({ isSaid: false })];
      await answerClick(context, { ...doing(place), action: id, value: words }, click, now);
      const files = click.handed.map(({ bytes }) => new TextDecoder().decode(bytes));
      const isTold = secretDigits.test(JSON.stringify([click.said, files]));
      if (isTold) seen[place === "C0LEAD" ? "told" : "disclosed"]++;
      expect(seen.disclosed).toBe(0);
      if (id !== "share" && id !== "ask") return;
      await answerCommand(context, { ...doing(place), text: words }, line, now);
      expect(click.said.length).toBeGreaterThan(0);
      expect(click.said[0]?.message.summary).toBe(line.said[0]?.message.summary);
    };
    await holds("share", "secret_money", "C0LEAD");
    await run.check(fc.asyncProperty(action, value, channel, holds));
    run.saw(`${seen.disclosed} disclosures; ${seen.told} told where it may be seen`);
    // Where it may be seen it was seen, so that the words above do find it.
    expect(seen.told).toBeGreaterThan(0);
  },
);

describe("who asks", () => {
  test("another bot gets no word at all, so that two never talk for ever", async () => {
    context.facts = { ...colleaguesAtHome, person: async () => ({ ...aColleague, bot: true }) };
    expect((await typed("help", "C0ALL")).said).toEqual([]);
  });

  test("too much is told so once, and is answered again after a while", async () => {
    context.flood = floodGuard();
    const answers = [];
    for (let i = 0; i < 40; i += 1) answers.push(saidTo(await typed("metrics", "C0ALL")));
    expect(answers.slice(0, 20)).toEqual(Array(20).fill(["everyone"]));
    expect(answers.slice(20)).toEqual([["asker"], ...Array(19).fill([])]);
    const other = { asker: { platform: "slack", user: "U0BEN" } };
    expect(saidTo(await typed("metrics", "C0ALL", other))).toEqual(["everyone"]);
    const later = heard();
    const request = { ...doing("C0ALL"), text: "metrics" };
    await answerCommand(context, request, later, now.add({ seconds: 4 }));
    expect(saidTo(later)).toEqual(["everyone"]);
  });
});
