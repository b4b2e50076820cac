import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SlackSandbox } from "../../../sandbox/slack/index.ts";
import { aRecordingBot, type RecordingBot } from "./a-recording-bot.ts";
import { aWorkspace, BOT_TOKEN } from "./a-workspace.ts";
import { aForm } from "./some-views.ts";

// The names of fields in payloads that Slack itself has written, as bolt-python's scenario tests
// and python-slack-sdk's socket server keep them. Those of Enterprise Grid are left out.
const USER = ["id", "name", "team_id", "username"];
const VIEW = [
  ..."app_id app_installed_team_id blocks bot_id callback_id clear_on_close close".split(" "),
  ..."external_id hash id notify_on_close previous_view_id private_metadata".split(" "),
  ..."root_view_id state submit team_id title type".split(" "),
];
const WRITTEN = {
  command:
    "channel_id channel_name command response_url team_domain team_id text token trigger_id user_id user_name",
  event:
    "api_app_id authorizations event event_context event_id event_time is_ext_shared_channel team_id token type",
  message: "channel channel_type client_msg_id event_ts team text ts type user",
  block_actions:
    "actions api_app_id channel container message response_url team token trigger_id type user",
  message_action:
    "action_ts api_app_id callback_id channel message message_ts response_url team token trigger_id type user",
  view_submission: "api_app_id response_urls team token trigger_id type user view",
  view_closed: "api_app_id is_cleared team token type user view",
  block_suggestion: "action_id api_app_id block_id container team token type user value view",
};

const ANA = { channel: "C0ALL", user: "U0ANA" };
let slack: SlackSandbox;
let bot: RecordingBot;

beforeEach(async () => {
  slack = await aWorkspace({ shortcuts: [{ callbackId: "explain", name: "Explain" }] });
  bot = await aRecordingBot(() => ({ status: 200 }));
  await slack.connect(bot.requestUrl);
});
afterEach(async () => {
  await slack.stop();
  await bot.stop();
});

type Fields = Record<string, unknown> & { user?: object; view?: object; event?: object };

/** The last interaction's payload. */
const payload = (): Fields =>
  JSON.parse(new URLSearchParams(bot.requests.at(-1)?.body).get("payload") ?? "{}");

const expectFields = (sent: object | undefined, names: readonly string[]) =>
  expect(Object.keys(sent ?? {})).toEqual(expect.arrayContaining([...names]));

function expectInteraction(kind: keyof typeof WRITTEN) {
  expect(payload().type).toBe(kind);
  expectFields(payload(), WRITTEN[kind].split(" "));
  expectFields(payload().user, USER);
}

test("a command has the fields of Slack's own", async () => {
  await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
  const sent = Object.fromEntries(new URLSearchParams(bot.requests[0]?.body));
  expectFields(sent, WRITTEN.command.split(" "));
});

test("an event has the fields of Slack's own", async () => {
  slack.postAsUser({ ...ANA, text: "hello" });
  await slack.settled();
  const sent = JSON.parse(bot.requests[0]?.body ?? "{}") as Fields;
  expectFields(sent, WRITTEN.event.split(" "));
  expectFields(sent.event, WRITTEN.message.split(" "));
  expect(sent).toMatchObject({ event_context: "1-message-T0SANDBOX-C0ALL" });
});

test("interactions have the fields of Slack's own", async () => {
  const client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl });
  const text = { type: "plain_text" as const, text: "Why" };
  const elements = [{ type: "button" as const, action_id: "why", text }];
  const blocks = [{ type: "actions" as const, elements }];
  const { ts = "" } = await client.chat.postMessage({ channel: ANA.channel, text: "a", blocks });
  await slack.settled();
  await slack.useShortcut({ ...ANA, message: ts, callbackId: "explain" });
  expectInteraction("message_action");
  await slack.click({ ...ANA, message: ts, actionId: "why" });
  expectInteraction("block_actions");
  await client.views.open({ trigger_id: String(payload().trigger_id), view: aForm() });
  const view = slack.modals.open("U0ANA")[0]?.id ?? "";
  await slack.suggest({ user: "U0ANA", place: { view }, actionId: "sure", value: "x" });
  expectInteraction("block_suggestion");
  await slack.modals.submit("U0ANA", { why: { text: "The campaign ended." } });
  expectInteraction("view_submission");
  expectFields(payload().view, VIEW);
});

test("a form that is closed has the fields of Slack's own", async () => {
  await slack.typeCommand({ ...ANA, text: "/kpi note" });
  const client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl });
  await client.views.open({ trigger_id: bot.field(0, "trigger_id"), view: aForm() });
  await slack.modals.close("U0ANA");
  expectInteraction("view_closed");
});
