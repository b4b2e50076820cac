import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import { memoryInbox } from "../../contract/memory-inbox.ts";
import { faultTest } from "../../support/fault-test.ts";
import { anHttpBot, commandForm, type HttpBot, slackSignature } from "./an-http-bot.ts";

const secret = "signatures-signing-secret";
const form = "application/x-www-form-urlencoded";
/** Requests that are under way at once. */
const CROWD = 20;

const inbox = memoryInbox();
/** What was worked on: texts of commands, and of replies in threads. */
const done: string[] = [];
let bot: HttpBot;

beforeAll(async () => {
  const handlers = {
    onCommand: async ({ text }: { text: string }) => void done.push(text),
    onThreadReply: async ({ text }: { text: string }) => void done.push(text),
    inbox,
  };
  bot = await anHttpBot({ signingSecret: secret, handlers });
});

beforeEach(() => {
  done.length = 0;
  inbox.seen.clear();
});

afterAll(() => bot.stop());

interface Sent {
  body: string;
  headers: Record<string, string>;
}

let count = 0;

function aCommand(text: string): { body: string; type: string } {
  count += 1;
  return { body: commandForm(text, `trigger-${count}`), type: form };
}

function aReply(text: string): { body: string; type: string } {
  count += 1;
  const event = {
    type: "message",
    channel: "C0GTM",
    user: "U0ANA",
    text,
    ts: "1700000001.000100",
    thread_ts: "1700000000.000100",
  };
  const body = { type: "event_callback", team_id: "T0SANDBOX", event_id: `Ev${count}`, event };
  return { body: JSON.stringify(body), type: "application/json" };
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

function signed({ body, type }: { body: string; type: string }, offset = 0): Sent {
  const timestamp = String(nowSeconds() + offset);
  return {
    body,
    headers: {
      "content-type": type,
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": slackSignature(secret, timestamp, body),
    },
  };
}

async function statusOf({ body, headers }: Sent): Promise<number> {
  const response = await fetch(bot.address, { method: "POST", headers, body });
  await response.arrayBuffer();
  return response.status;
}

/** Ways to make a good request one that Slack cannot have sent, or has not sent now. */
const forgeries: fc.Arbitrary<(sent: Sent) => Sent> = fc.oneof(
  // Signed, by somebody else.
  fc.string({ minLength: 1 }).map((key) => ({ body, headers }: Sent) => ({
    body,
    headers: {
      ...headers,
      "x-slack-signature": slackSignature(
        `x${key}`,
        headers["x-slack-request-timestamp"] ?? "",
        body,
      ),
    },
  })),
  // Signed well, and not for now: stale beyond five minutes, or from the future beyond any skew.
  fc.oneof(fc.integer({ min: -(10 ** 9), max: -310 }), fc.integer({ min: 60, max: 10 ** 10 })).map(
    (offset) =>
      ({ body, headers }: Sent) =>
        signed({ body, type: headers["content-type"] ?? "" }, offset),
  ),
  // Signed for a time that is none.
  fc
    .constantFrom("", "NaN", "Infinity", "-1", "0x7fffffff", "1e99", "soon")
    .map((timestamp) => ({ body, headers }: Sent) => ({
      body,
      headers: {
        ...headers,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": slackSignature(secret, timestamp, body),
      },
    })),
  // One letter of the signature, or its form.
  fc.nat({ max: 66 }).map((at) => ({ body, headers }: Sent) => {
    const signature = headers["x-slack-signature"] ?? "";
    const other = signature[at] === "0" ? "1" : "0";
    const changed = `${signature.slice(0, at)}${other}${signature.slice(at + 1)}`;
    return { body, headers: { ...headers, "x-slack-signature": changed } };
  }),
  fc
    .constantFrom<(signature: string) => string>(
      () => "",
      () => "v0=",
      (signature) => signature.slice(0, -1),
      (signature) => `${signature}0`,
      (signature) => signature.replace("v0=", "v1="),
      (signature) => signature.replace("v0=", ""),
      (signature) => `${signature},${signature}`,
    )
    .map((change) => ({ body, headers }: Sent) => ({
      body,
      headers: { ...headers, "x-slack-signature": change(headers["x-slack-signature"] ?? "") },
    })),
  // The headers are not there.
  fc
    .constantFrom("x-slack-signature", "x-slack-request-timestamp")
    .map((name) => ({ body, headers }: Sent) => {
      const { [name]: _, ...rest } = headers;
      return { body, headers: rest };
    }),
  // Another body under a good signature.
  fc.string({ minLength: 1, maxLength: 20 }).map((more) => ({ body, headers }: Sent) => ({
    body: `${body}&${encodeURIComponent(more)}`,
    headers,
  })),
);

const good = fc.boolean().map((isCommand) => (isCommand ? aCommand : aReply)("stolen"));

faultTest(
  14,
  "a request that is forged, stale or from the future is refused and does nothing",
  async (run) => {
    const forged = fc.tuple(good, forgeries).map(([sent, forge]) => forge(signed(sent)));
    for (let sent = 0; sent < run.cases; sent += CROWD) {
      const crowd = fc.sample(forged, CROWD);
      const statuses = await Promise.all(crowd.map(statusOf));
      const odd = crowd.find((_, index) => statuses[index] !== 401);
      expect(odd, `answered ${statuses.join(" ")}`).toBeUndefined();
      run.tried(CROWD);
    }
    expect([...inbox.seen]).toEqual([]);
    expect(await statusOf(signed(aCommand("mine")))).toBe(200);
    await vi.waitUntil(() => done.length > 0, { timeout: 20_000 });
    expect(done).toEqual(["mine"]);
    run.saw("0 accepted");
  },
);

faultTest(15, "a copy of a request does nothing, whichever of a crowd comes first", async (run) => {
  let originals = 0;
  for (let replays = 0; replays < run.cases; replays += CROWD) {
    originals += 1;
    const sent = signed((originals % 2 === 0 ? aCommand : aReply)(`question ${originals}`));
    // The original is somewhere in the crowd: whichever comes first counts as it.
    const statuses = await Promise.all(Array.from({ length: CROWD + 1 }, () => statusOf(sent)));
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: CROWD }, () => 401)]);
    run.tried(CROWD);
  }
  await vi.waitUntil(() => done.length >= originals, { timeout: 20_000 });
  expect(new Set(done).size).toBe(originals);
  expect(done).toHaveLength(originals);
  run.saw(`${originals} requests with ${CROWD} copies each: 0 effects of a copy`);
});
