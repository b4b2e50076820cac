/** What happens to a platform and to a channel, as the owner hears of it. */
import "../../src/bot/index.ts";

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, expect } from "vitest";
import { discordOverRest, slackOverRest } from "../../src/bot/index.ts";
import { type Log, silentLog } from "../../src/log.ts";
import type { ChatPort } from "../../src/message.ts";
import { mendableCodes } from "../../src/reports/mendable.ts";
import { hasTroubleWords } from "../../src/wording/index.ts";
import { faultTest } from "../support/fault-test.ts";
import {
  aRun,
  NINE,
  notices,
  postEverywhere,
  posts,
  type Reporting,
  reporting,
  stateIn,
  tick,
  timePasses,
} from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

async function someTicks(count: number): Promise<void> {
  for (let ticks = 0; ticks < count; ticks++) {
    await tick(world.context);
    await timePasses(world);
  }
}

const ours = /^channel_(archived|external|guests)$/;

const forget = () => world.database.db.run("TRUNCATE trouble, delivery, run CASCADE");

faultTest(
  3,
  "a lost reply where the history cannot be read ends as ambiguous, and the owner is told once",
  async (run) => {
    const channel = "C0ALL";
    const lost = { kind: "reset", afterEffect: true, channel } as const;
    for (let i = 1; i <= run.cases; i++) {
      await forget();
      await aRun(world, [`slack:${channel}`]);
      world.slack.faults.next("chat.postMessage", lost);
      await postEverywhere(world.context);
      await timePasses(world);
      world.slack.faults.next("conversations.history", {
        kind: "error",
        error: "missing_scope",
        channel,
      });
      await someTicks(5);
      expect(await stateIn(world, `slack:${channel}`)).toMatchObject({
        state: "ambiguous",
        fault: "missing_scope",
      });
      expect(posts(world, channel)).toBe(i);
      expect(notices(world)).toHaveLength(i);
      expect(notices(world).at(-1)).toContain("Nobody knows whether line/");
      run.tried(1);
    }
    run.saw("0 posted again; each ambiguous by its fault, and one notice each");
  },
);

faultTest(5, "a platform that limits everything is told once for ten minutes", async (run) => {
  const told: string[] = [];
  const log: Log = { ...silentLog, error: (event) => void told.push(event) };
  const context = { ...world.context, log };
  const channels = ["slack:C0ALL", "slack:C0LEAD", "slack:C0GTM"];
  for (let i = 0; i < 5; i++) await aRun(world, channels);
  world.slack.faults.always("any method", { kind: "limited", retryAfterS: 30 });
  for (let minute = 0; minute < run.cases; minute++) {
    for (const second of [0, 30])
      await tick(context, NINE.add({ minutes: minute, seconds: second }));
    await aMinutePasses();
    run.tried(1);
  }
  expect(told).toEqual(["trouble"]);
  expect(notices(world)).toEqual([]);
  world.slack.faults.clear();
  for (let ticks = 0; ticks < 5; ticks++) {
    await tick(context, NINE.add({ minutes: run.cases + ticks }));
    await aMinutePasses();
  }
  expect(channels.map((name) => posts(world, name.slice(6)))).toEqual([5, 5, 5]);
  expect(notices(world)).toHaveLength(1);
  expect(notices(world)[0]).toMatch(/^It works again\. Nothing could be posted on Slack: .*slowly/);
  run.saw(
    `${run.cases} minutes of 429 on every call: 1 line in the log, 1 notice, and 15 of 15 posts afterwards`,
  );
});

async function aMinutePasses(): Promise<void> {
  await world.database.db.run(
    `UPDATE delivery SET next_try_at = next_try_at - interval '1 minute', waits_since = waits_since - interval '1 minute'`,
  );
  await world.database.db.run("UPDATE trouble SET noticed_at = noticed_at - interval '1 minute'");
}

/** Slack's own, by their letters; ours begin with the channel. */
const codes = mendableCodes.filter((code) => /^[a-z_]+$/.test(code) && !ours.test(code));

faultTest(
  27,
  "what a person can mend is waited for and told once, whatever its code",
  async (run) => {
    for (const error of codes.slice(0, run.cases)) {
      await forget();
      const before = [posts(world, "C0ALL"), notices(world).length] as const;
      await aRun(world, ["slack:C0ALL"]);
      world.slack.faults.always("chat.postMessage", { kind: "error", error, channel: "C0ALL" });
      await someTicks(6);
      expect(await stateIn(world, "slack:C0ALL")).toEqual({
        state: "pending",
        fault: error,
        attempts: 0,
      });
      expect(notices(world).length - before[1]).toBe(1);
      expect(notices(world).at(-1)).toMatch(/^Something needs you\./);
      world.slack.faults.clear();
      await someTicks(3);
      expect(posts(world, "C0ALL") - before[0]).toBe(1);
      expect(notices(world).length - before[1]).toBe(1);
      expect(notices(world).at(-1)).toMatch(/^It works again\./);
      run.tried(1);
    }
    run.saw(
      "each paused uncounted, posted once when mended; 1 notice each, which says when it was over",
    );
  },
);

/** Answers every call alike, but for the question who the bot is. */
async function aProxyThatSays(): Promise<{
  origin: string;
  say(status: number, body: string): void;
  stop(): Promise<void>;
}> {
  let answer = { status: 200, body: "" };
  const server = createServer((request, response) => {
    request.resume();
    const isSelf = request.url?.includes("auth.test") || request.url?.endsWith("/users/@me");
    const { status, body } = isSelf ? { status: 200, body: SELF } : answer;
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    say: (status, body) => {
      answer = { status, body };
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

const SELF = JSON.stringify({ ok: true, id: "1", bot_id: "B", user_id: "U", team_id: "T" });

const anyBody = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc.constantFrom("", "{", "null", "[]", "{}", "<html>502 Bad Gateway</html>", '{"ok":true}'),
  fc
    .record({ ok: fc.boolean(), error: fc.anything(), ts: fc.anything() })
    .map((body) => JSON.stringify(body) ?? ""),
);

faultTest(
  6,
  "whatever a platform answers instead is a fault with words, and a bounded number of tries",
  async (run) => {
    const proxy = await aProxyThatSays();
    try {
      const slack = value(await slackOverRest("xoxb-reports", `${proxy.origin}/api/`, silentLog));
      const discord = value(await discordOverRest("t", `${proxy.origin}/api`, silentLog));
      const words = { summary: "A line.", blocks: [{ kind: "text", text: "A line." } as const] };
      let stood = 0;
      await run.check(
        fc.asyncProperty(
          fc.constantFrom(200, 200, 400, 404, 500, 502, 503),
          anyBody,
          fc.boolean(),
          async (status, body, isSlack) => {
            proxy.say(status, body);
            const to = isSlack
              ? { platform: "slack", channel: "C0ALL" }
              : { platform: "discord", channel: "1" };
            const done = await (isSlack ? slack : discord).post(to, words, "id");
            if (done.ok) stood++;
            else if (done.fault.kind === "ambiguous" || done.fault.kind === "unreachable")
              expect(hasTroubleWords(done.fault.code), done.fault.code).toBe(true);
          },
        ),
      );
      await endsClearly(slack, proxy.say);
      run.saw(
        `0 crashes; ${stood} answers could be read as a message that stands, every other fault has words; each delivery ended after at most 6 tries`,
      );
    } finally {
      await proxy.stop();
    }
  },
);

/** The whole way of a delivery, through answers of which none is Slack's. */
async function endsClearly(
  port: ChatPort,
  say: (status: number, body: string) => void,
): Promise<void> {
  const context = { ...world.context, ports: new Map([["slack", port]]) };
  for (const [status, body] of [
    [500, ""],
    [502, "<html>"],
    [200, "{"],
    [200, '{"ok":true}'],
    [503, "null"],
  ] as const) {
    await forget();
    await aRun(world, ["slack:C0ALL"]);
    say(status, body);
    let tries = 0;
    for (; tries < 20 && (await stateIn(world, "slack:C0ALL")).state === "pending"; tries++) {
      await postEverywhere(context);
      await timePasses(world);
    }
    expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "dead" });
    expect(tries).toBeLessThanOrEqual(6);
  }
}

function value<T>(result: { ok: true; value: T } | { ok: false; fault: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}
