import { expect, test } from "vitest";
import { knownFacts } from "../../src/commands/index.ts";
import { failed, ok } from "../../src/result.ts";
import { aChannel, aColleague } from "./a-chat.ts";

const now = Temporal.Instant.from("2026-11-16T09:00:00Z");
const place = { platform: "slack", channel: "C0ALL" };

function aPort() {
  const port = {
    looks: 0,
    broken: false,
    external: false,
    channelFacts: async () => {
      port.looks += 1;
      if (port.broken) return failed({ kind: "unreachable", code: "http_500" } as const);
      return ok({ ...aChannel, external: port.external });
    },
    personFacts: async () => ok(aColleague),
    directMessage: async () => ok({ platform: "slack", channel: "D0ANA" }),
  };
  return port;
}

test("a place is looked at once for all who ask at once, and again after half a minute", async () => {
  const port = aPort();
  const facts = knownFacts(new Map([["slack", port]]));
  await Promise.all([facts.channel(place, now), facts.channel(place, now)]);
  expect(await facts.channel(place, now.add({ seconds: 29 }))).toMatchObject({ external: false });
  expect(port.looks).toBe(1);
  port.external = true;
  expect(await facts.channel(place, now.add({ seconds: 31 }))).toMatchObject({ external: true });
});

test("a look that failed is not remembered, and of an unknown platform nothing is known", async () => {
  const port = aPort();
  const facts = knownFacts(new Map([["slack", port]]));
  port.broken = true;
  expect(await facts.channel(place, now)).toBeNull();
  port.broken = false;
  expect(await facts.channel(place, now)).toMatchObject({ name: "all" });
  expect(await facts.channel({ ...place, platform: "teams" }, now)).toBeNull();
});
