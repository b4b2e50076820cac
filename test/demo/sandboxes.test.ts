import { App, LogLevel } from "@slack/bolt";
import { expect, test } from "vitest";
import { startSandboxes } from "../../demo/sandboxes.ts";
import { startClock } from "../../src/clock.ts";
import { type Stops, stopInReverse } from "../../src/stop-in-reverse.ts";

const at = (socket: boolean, stops: Stops) =>
  startSandboxes({ port: 0, socket }, startClock(Temporal.Now.instant()), stops);

test("the demo's Slack sends signed requests, or takes a socket with the token it gives", async () => {
  const stops: Stops = [];
  const [signed, open] = [await at(false, stops), await at(true, stops)];
  if (!signed.ok || !open.ok) throw new Error("a sandbox did not start");
  expect(Object.keys(signed.value.environment)).not.toContain("SLACK_APP_TOKEN");
  expect(Object.keys(open.value.environment)).not.toContain("SLACK_SIGNING_SECRET");
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = open.value.environment;
  const clientOptions = { slackApiUrl: SLACK_API_URL ?? "" };
  const app = new App({
    token: SLACK_BOT_TOKEN ?? "",
    appToken: SLACK_APP_TOKEN ?? "",
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions,
  });
  await app.start();
  await open.value.slack.waitFor(() => open.value.slack.sockets.size === 1);
  await app.stop();
  await stopInReverse(stops);
});

test("a port that is taken is said to be, with the flag that chooses another", async () => {
  const stops: Stops = [];
  const first = await at(false, stops);
  if (!first.ok) throw new Error(first.fault);
  const port = Number(new URL(first.value.slack.url).port);
  const second = await startSandboxes(
    { port, socket: false },
    startClock(Temporal.Now.instant()),
    stops,
  );
  expect(second).toEqual({
    ok: false,
    fault: `--port: port ${port} cannot be had (EADDRINUSE). Choose another.`,
  });
  await stopInReverse(stops);
});
