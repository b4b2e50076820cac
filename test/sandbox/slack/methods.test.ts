import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, test } from "vitest";
import type { SlackSandbox } from "../../../sandbox/slack/index.ts";
import { METHODS } from "../../../sandbox/slack/methods/all-methods.ts";
import { hasShared, readShared } from "../../support/shared.ts";
import { aWorkspace, BOT_TOKEN } from "./a-workspace.ts";

interface MethodSpec {
  args: { required: string[]; properties: Record<string, unknown> };
  scope: { bot?: string[] };
  json_input_supported?: boolean;
  errors: Record<string, unknown>;
}

const specs = "specs/slack-methods";

describe.skipIf(!hasShared(specs))("against Slack's own method reference", () => {
  test.each(Object.values(METHODS).map((method) => [method.name, method] as const))(
    "%s takes only arguments, scopes and bodies that the reference has",
    (name, method) => {
      const spec: MethodSpec = JSON.parse(readShared(`${specs}/${name}.json`));
      const known = Object.keys(spec.args.properties);
      expect(known).toEqual(expect.arrayContaining(Object.keys(method.arguments)));
      const required = spec.args.required.filter((argument) => argument !== "token");
      for (const argument of required) expect(method.arguments[argument]?.required).toBe(true);
      expect([...method.scopes].sort()).toEqual([...(spec.scope.bot ?? [])].sort());
      expect(method.acceptsJson).toBe(spec.json_input_supported ?? false);
    },
  );

  test("at least the sixteen methods that the bot needs are held against it", () => {
    expect(Object.keys(METHODS).length).toBeGreaterThanOrEqual(16);
  });
});

describe("a call that is not right", () => {
  let slack: SlackSandbox;
  afterEach(() => slack.stop());

  const call = async (
    method: string,
    body: Record<string, string>,
    token: string | null = BOT_TOKEN,
  ) => {
    const response = await fetch(`${slack.apiUrl}${method}`, {
      method: "POST",
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      body: new URLSearchParams(body),
    });
    return (await response.json()) as { ok: boolean; error?: string; needed?: string };
  };

  test("without a token, or with another, is refused", async () => {
    slack = await aWorkspace();
    expect(await call("auth.test", {}, null)).toMatchObject({ ok: false, error: "not_authed" });
    expect(await call("auth.test", {}, "xoxb-other")).toMatchObject({ error: "invalid_auth" });
    expect(await call("auth.test", {})).toMatchObject({ ok: true });
  });

  test("in the wrong charset is answered with a warning", async () => {
    slack = await aWorkspace();
    const warned = async (type: string, body: string) => {
      const headers = { authorization: `Bearer ${BOT_TOKEN}`, "content-type": type };
      const response = await fetch(`${slack.apiUrl}auth.test`, { method: "POST", headers, body });
      const { ok, warning, response_metadata } = await response.json();
      return [ok, warning, response_metadata?.warnings?.[0]];
    };
    const missing = "missing_charset";
    expect(await warned("application/json", "{}")).toEqual([true, missing, missing]);
    expect(await warned("application/json; charset=utf-8", "{}")).toEqual([
      true,
      undefined,
      undefined,
    ]);
    const form = "application/x-www-form-urlencoded";
    const superfluous = "superfluous_charset";
    expect(await warned(`${form}; charset=utf-8`, "")).toEqual([true, superfluous, superfluous]);
    expect(await warned(form, "")).toEqual([true, undefined, undefined]);
  });

  test("to a method that is not known is refused and noted", async () => {
    slack = await aWorkspace();
    expect(await call("chat.postMassage", {})).toMatchObject({ error: "unknown_method" });
    expect(slack.problems()).toEqual([{ where: "chat.postMassage", what: "unknown method" }]);
  });

  test("with an argument that is not known is answered, and noted", async () => {
    slack = await aWorkspace();
    const length = { filename: "a.png", length: "3" };
    expect(await call("files.getUploadURLExternal", { ...length, alt_text: "a" })).toMatchObject({
      ok: true,
    });
    expect(slack.problems()).toEqual([
      { where: "files.getUploadURLExternal", what: "unknown argument alt_text" },
    ]);
  });

  test.each(Object.values(METHODS).map((method) => [method.name, method] as const))(
    "%s without its required arguments is refused",
    async (name, method) => {
      slack = await aWorkspace();
      const required = Object.keys(method.arguments).filter(
        (one) => method.arguments[one]?.required,
      );
      const answer = await call(name, {});
      if (required.length === 0) expect(answer.error).not.toBe("invalid_arguments");
      else expect(answer).toMatchObject({ ok: false, error: "invalid_arguments" });
    },
  );

  test("without the scope it needs is refused with the scope's name", async () => {
    slack = await aWorkspace({ scopes: ["chat:write", "channels:history"] });
    expect(await call("files.info", { file: "F1" })).toMatchObject({
      error: "missing_scope",
      needed: "files:read",
    });
    expect(await call("conversations.history", { channel: "C0ALL" })).toMatchObject({ ok: true });
    const ts = slack.postAsUser({ channel: "C0ALL", user: "U0ANA", text: "head" });
    expect(await call("conversations.replies", { channel: "C0ALL", ts })).toMatchObject({
      ok: true,
    });
    const lead = slack.postAsUser({ channel: "C0LEAD", user: "U0ANA", text: "head" });
    expect(await call("conversations.replies", { channel: "C0LEAD", ts: lead })).toMatchObject({
      needed: "groups:history",
    });
    // A private channel's history is another scope than a public one's.
    expect(await call("conversations.history", { channel: "C0LEAD" })).toMatchObject({
      error: "missing_scope",
      needed: "groups:history",
    });
  });

  test("to a place where the bot cannot post says why", async () => {
    slack = await aWorkspace();
    const say = (channel: string) => call("chat.postMessage", { channel, text: "hello" });
    expect(await say("C0NONE")).toMatchObject({ error: "channel_not_found" });
    expect(await say("C0OUT")).toMatchObject({ error: "not_in_channel" });
    expect(await say("C0OLD")).toMatchObject({ error: "is_archived" });
    expect(await call("chat.postMessage", { channel: "C0ALL" })).toMatchObject({
      error: "no_text",
    });
    const long = { channel: "C0ALL", text: "x".repeat(40_001) };
    expect(await call("chat.postMessage", long)).toMatchObject({ error: "msg_too_long" });
    const section = { type: "section", text: { type: "mrkdwn", text: "x".repeat(3000) } };
    const wordy = { channel: "C0ALL", text: "a", blocks: JSON.stringify(Array(5).fill(section)) };
    expect(await call("chat.postMessage", wordy)).toMatchObject({ error: "msg_blocks_too_long" });
    const lost = { channel: "C0ALL", text: "hello", thread_ts: "1.000001" };
    expect(await call("chat.postMessage", lost)).toMatchObject({ error: "thread_not_found" });
  });

  test("by a JSON body to a method that takes none sees no arguments", async () => {
    slack = await aWorkspace();
    const send = (method: string, body: object) =>
      fetch(`${slack.apiUrl}${method}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${BOT_TOKEN}`,
          "content-type": "application/json; charset=utf-8",
        },
        body: JSON.stringify(body),
      }).then((response) => response.json());
    expect(await send("chat.postMessage", { channel: "C0ALL", text: "hello" })).toMatchObject({
      ok: true,
    });
    expect(await send("users.info", { user: "U0ANA" })).toMatchObject({
      error: "invalid_arguments",
    });
  });
});

describe("facts of channels and people", () => {
  test("list everybody, page by page, the app among them", async () => {
    const slack = await aWorkspace();
    try {
      const client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl });
      const first = await client.users.list({ limit: 3 });
      const cursor = first.response_metadata?.next_cursor ?? "";
      const rest = await client.users.list({ limit: 3, cursor });
      const ids = [...(first.members ?? []), ...(rest.members ?? [])].map(({ id }) => id);
      expect(ids).toEqual(["U0ANA", "U0BEN", "U0GUEST", "U0BOT"]);
      expect(rest.response_metadata?.next_cursor).toBe("");
    } finally {
      await slack.stop();
    }
  });

  test("tell of guests, strangers, outsiders and members", async () => {
    const slack = await aWorkspace();
    try {
      const client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl });
      const { user } = await client.users.info({ user: "U0GUEST" });
      expect(user).toMatchObject({ is_restricted: true, is_ultra_restricted: true, is_bot: false });
      const { channel } = await client.conversations.info({ channel: "C0EXT" });
      expect(channel).toMatchObject({ is_ext_shared: true, is_pending_ext_shared: false });
      const { members } = await client.conversations.members({ channel: "C0LEAD" });
      expect(members).toEqual(["U0ANA", "U0BOT"]);
      const opened = await client.conversations.open({ users: "U0BEN" });
      const place = opened.channel?.id ?? "";
      await client.chat.postMessage({ channel: place, text: "in private" });
      expect(slack.transcript(place)).toContain("in private");
      expect(slack.problems()).toEqual([]);
    } finally {
      await slack.stop();
    }
  });
});
