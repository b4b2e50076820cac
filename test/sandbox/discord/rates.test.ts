import { REST, RESTEvents, Routes } from "discord.js";
import { afterEach, expect, test } from "vitest";
import type { DiscordSandbox } from "../../../sandbox/discord/index.ts";
import { aServer, CHANNEL, quiet } from "./a-server.ts";

let sandbox: DiscordSandbox;
afterEach(() => sandbox.stop());

const headersOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => /ratelimit|retry/.test(name)));
const post = () =>
  fetch(`${sandbox.apiUrl}/v10${Routes.channelMessages(CHANNEL)}`, {
    method: "POST",
    headers: { authorization: "Bot t", "content-type": "application/json" },
    body: JSON.stringify({ ...quiet, content: "a" }),
  });

test("every answer says how many calls of its route are left, and until when", async () => {
  sandbox = await aServer({ rates: { route: { calls: 3, ms: 60_000 } } });
  const first = headersOf(await post());
  expect(first).toMatchObject({ "x-ratelimit-limit": "3", "x-ratelimit-remaining": "2" });
  expect(first["x-ratelimit-bucket"]).toMatch(/^[0-9a-f]{32}$/);
  const resetAfter = Number(first["x-ratelimit-reset-after"]);
  expect(resetAfter).toBeGreaterThan(30);
  expect(Number(first["x-ratelimit-reset"])).toBeCloseTo(Date.now() / 1_000 + resetAfter, -1.5);
  expect(headersOf(await post())).toMatchObject({ "x-ratelimit-remaining": "1" });
  const elsewhere = await fetch(`${sandbox.apiUrl}/v10/users/@me`, {
    headers: { authorization: "Bot t" },
  });
  expect(headersOf(elsewhere)).toMatchObject({ "x-ratelimit-remaining": "2" });
});

test("one call too many is not carried out, and told as one of its route", async () => {
  sandbox = await aServer({ rates: { route: { calls: 1, ms: 60_000 } } });
  await post();
  const over = await post();
  expect(over.status).toBe(429);
  expect(await over.json()).toMatchObject({
    message: "You are being rate limited.",
    global: false,
  });
  expect(headersOf(over)).toMatchObject({
    "retry-after": expect.stringMatching(/^[3-6]\d$/),
    "x-ratelimit-remaining": "0",
    "x-ratelimit-scope": "user",
  });
  expect(sandbox.messages(CHANNEL)).toHaveLength(1);
});

test("too many calls of all routes together are told as global", async () => {
  sandbox = await aServer({ rates: { global: { calls: 1, ms: 60_000 } } });
  await post();
  const over = await post();
  expect(await over.json()).toMatchObject({ global: true });
  expect(headersOf(over)).toMatchObject({
    "x-ratelimit-global": "true",
    "x-ratelimit-scope": "global",
  });
  expect(headersOf(over)["x-ratelimit-bucket"]).toBeUndefined();
});

test("the real client waits by the headers, and is never limited by an answer", async () => {
  sandbox = await aServer({ rates: { route: { calls: 2, ms: 300 } } });
  const rest = new REST({ api: sandbox.apiUrl }).setToken("t");
  let waited = 0;
  rest.on(RESTEvents.RateLimited, () => {
    waited += 1;
  });
  const statuses: number[] = [];
  rest.on(RESTEvents.Response, (_, response) => statuses.push(response.status));
  const body = { ...quiet, content: "a" };
  await Promise.all(
    Array.from({ length: 5 }, () => rest.post(Routes.channelMessages(CHANNEL), { body })),
  );
  expect(waited).toBeGreaterThanOrEqual(1);
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
});
