import type { App } from "@slack/bolt";
import { afterEach, describe, expect, test } from "vitest";
import type { SlackSandbox } from "../../../sandbox/slack/index.ts";
import { aBoltApp, type RunningApp } from "./a-bolt-app.ts";
import { aWorkspace } from "./a-workspace.ts";

const CHANNEL = "C0ALL";
const ANA = { channel: CHANNEL, user: "U0ANA" };

let slack: SlackSandbox;
let running: RunningApp;
afterEach(async () => {
  await slack.stop();
  await running.stop();
});

async function connected(listen: (app: App) => void): Promise<void> {
  slack = await aWorkspace();
  running = await aBoltApp(slack, listen);
  await slack.connect(running.requestUrl);
}

const WHY = {
  type: "button" as const,
  action_id: "why",
  text: { type: "plain_text" as const, text: "Why" },
  value: "adoption",
};

describe("a real Bolt app", () => {
  test("answers a command through its response address and in the channel", async () => {
    await connected((app) => {
      app.command("/kpi", async ({ ack, command, respond, client }) => {
        await ack();
        await respond({ text: `asked for ${command.text}` });
        await client.chat.postMessage({ channel: command.channel_id, text: "41.2%" });
      });
    });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    await slack.waitFor(() => slack.messages(CHANNEL).length === 2);
    expect(
      slack
        .transcript(CHANNEL)
        .split("\n")
        .filter((line) => line.startsWith("  ")),
    ).toEqual(["  asked for adoption", "  41.2%"]);
    expect(slack.problems()).toEqual([]);
  });

  test("is told of a click with the button's value, and replaces the message", async () => {
    await connected((app) => {
      app.command("/kpi", async ({ ack, respond }) => {
        await ack();
        await respond({
          text: "41.2%",
          response_type: "in_channel",
          blocks: [
            { type: "section", text: { type: "mrkdwn", text: "*41.2%*" } },
            { type: "actions", elements: [WHY] },
          ],
        });
      });
      app.action("why", async ({ ack, action, respond }) => {
        await ack();
        const value = action.type === "button" ? action.value : "?";
        await respond({ text: `why ${value}: mix`, replace_original: true });
      });
    });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    const answer = await slack.waitFor(() => slack.messages(CHANNEL)[0]);
    await slack.click({ ...ANA, message: answer.ts, actionId: "why" });
    await slack.waitFor(() => slack.messages(CHANNEL)[0]?.text === "why adoption: mix");
    expect(slack.messages(CHANNEL)).toHaveLength(1);
    expect(slack.acks().filter((ack) => ack.kind === "interaction")).toMatchObject([
      { outcome: "acknowledged" },
    ]);
  });

  test("hears a reply in a thread and answers there", async () => {
    await connected((app) => {
      app.message(/campaign/, async ({ message, say }) => {
        if (message.subtype === undefined && message.thread_ts) {
          await say({ text: "Noted.", thread_ts: message.thread_ts });
        }
      });
    });
    const head = slack.postAsUser({ ...ANA, text: "Why did it drop?" });
    slack.postAsUser({
      channel: CHANNEL,
      user: "U0BEN",
      text: "The campaign ended.",
      thread_ts: head,
    });
    await slack.waitFor(() => slack.messages(CHANNEL).some((message) => message.text === "Noted."));
    expect(slack.transcript(CHANNEL)).toBe(
      [
        "[09:00] Ana Ruiz:",
        "  Why did it drop?",
        "    [09:00] Ben Okafor:",
        "      The campaign ended.",
        "    [09:00] Throughline (APP):",
        "      Noted.",
      ].join("\n"),
    );
    expect(slack.problems()).toEqual([]);
  });
});
