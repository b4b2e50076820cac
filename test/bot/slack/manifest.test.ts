/** The manifest, held against Slack's own schema and method reference, which are not part of the project. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { slackManifest, slackScopes } from "../../../src/bot/index.ts";
import { hasShared, readShared, shared } from "../../support/shared.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const schemaFile = "specs/slack-manifest.schema.json";
const methods = "specs/slack-methods";
const overHttp = "https://kpi.example.com/slack/events";

const shape = z.object({
  features: z.object({
    app_home: z.object({ messages_tab_enabled: z.boolean() }),
    slash_commands: z.array(
      z.object({ command: z.string(), should_escape: z.boolean(), url: z.string().optional() }),
    ),
  }),
  settings: z.object({
    event_subscriptions: z.object({
      request_url: z.string().optional(),
      bot_events: z.array(z.string()),
    }),
    interactivity: z.object({ is_enabled: z.boolean(), request_url: z.string().optional() }),
    socket_mode_enabled: z.boolean(),
  }),
});

describe("the manifest", () => {
  test.skipIf(!hasShared(schemaFile))(
    "is one by Slack's own schema, with an address and without",
    () => {
      const schema = z.fromJSONSchema(JSON.parse(readShared(schemaFile)));
      for (const url of [null, overHttp]) {
        const read = schema.safeParse(slackManifest(url));
        expect(read.error?.issues ?? []).toEqual([]);
      }
      expect(
        schema.safeParse({
          ...z.record(z.string(), z.unknown()).parse(slackManifest(null)),
          display_information: {},
        }).success,
      ).toBe(false);
      expect(
        schema.safeParse({
          display_information: { name: "x" },
          features: { bot_user: { display: "x" } },
        }).success,
      ).toBe(false);
    },
  );

  test("is for a socket without an address, and else has it in each of three places", () => {
    const socket = shape.parse(slackManifest(null));
    expect(socket.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(socket)).not.toContain("http");
    const { settings, features } = shape.parse(slackManifest(overHttp));
    expect(settings.socket_mode_enabled).toBe(false);
    const { event_subscriptions, interactivity } = settings;
    const addresses = [
      event_subscriptions.request_url,
      interactivity.request_url,
      features.slash_commands[0]?.url,
    ];
    expect(addresses).toEqual([overHttp, overHttp, overHttp]);
  });

  test("lets people write to the app, and escapes what they type", () => {
    const { features, settings } = shape.parse(slackManifest(null));
    expect(features.app_home.messages_tab_enabled).toBe(true);
    expect(features.slash_commands).toMatchObject([{ command: "/kpi", should_escape: true }]);
    expect(settings.interactivity.is_enabled).toBe(true);
  });

  test("is the one in docs", () => {
    const file = readFileSync(path.join(root, "docs/slack-manifest.json"), "utf8");
    expect(JSON.parse(file)).toEqual(slackManifest(null));
  });
});

describe.skipIf(!hasShared(methods))("the scopes", () => {
  const known = readdirSync(path.join(shared, methods)).map((file) => path.basename(file, ".json"));
  const folder = path.join(root, "src/bot/slack");
  const source = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
  const called = known.filter((method) => source.some((text) => text.includes(`"${method}"`)));
  const neededBy = (method: string): string[] =>
    z
      .object({ scope: z.object({ bot: z.array(z.string()).default([]) }) })
      .parse(JSON.parse(readShared(`${methods}/${method}.json`))).scope.bot;

  test("are enough for each method that is called", () => {
    expect(called).toContain("chat.postMessage");
    expect(called).toContain("conversations.info");
    for (const method of called) {
      const needed = neededBy(method);
      const granted = needed.filter((scope) => slackScopes.some((own) => own === scope));
      expect(
        granted.length > 0 || needed.length === 0,
        `${method} needs ${needed.join(" or ")}`,
      ).toBe(true);
    }
  });

  test("are no more than those methods, the command and the events need", () => {
    const events = {
      app_mention: "app_mentions:read",
      channel_shared: "channels:read",
      member_joined_channel: "channels:read",
      "message.channels": "channels:history",
      "message.groups": "groups:history",
      "message.im": "im:history",
    };
    const { bot_events } = shape.parse(slackManifest(null)).settings.event_subscriptions;
    expect(bot_events.toSorted()).toEqual(Object.keys(events));
    const needed = new Set(["commands", ...Object.values(events), ...called.flatMap(neededBy)]);
    expect(slackScopes.filter((scope) => !needed.has(scope))).toEqual([]);
  });
});
