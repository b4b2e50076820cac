import { expect, test } from "vitest";
import { z } from "zod";
import { startDiscordSandbox } from "../../../sandbox/discord/index.ts";
import { toDiscordMessage } from "../../../src/bot/discord/to-discord-message.ts";
import { startDiscord } from "../../../src/bot/index.ts";
import { silentLog } from "../../../src/log.ts";
import { hostileNames, messageOf } from "../../bot/any-message.ts";
import { memoryInbox } from "../../contract/memory-inbox.ts";
import { hasShared, readShared } from "../../support/shared.ts";

// Discord's own OpenAPI document, which is not part of the project: reads ../shared, skips without it.
const file = "specs/discord-openapi.json";
const there = hasShared(file);

const document = z.object({
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

/** A schema of the document, with all that it refers to, as something that checks. */
function schemaOf(name: string): z.ZodType {
  const { schemas } = document.parse(JSON.parse(readShared(file))).components;
  const needed: Record<string, unknown> = {};
  const take = (wanted: string) => {
    if (wanted in needed) return;
    const text = JSON.stringify(schemas[wanted]).replaceAll("#/components/schemas/", "#/$defs/");
    needed[wanted] = withoutFormats(JSON.parse(text));
    for (const [, next] of text.matchAll(/#\/\$defs\/(\w+)/g)) if (next) take(next);
  };
  take(name);
  return z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: needed as Record<string, never> });
}

/** Discord's formats, such as snowflake, are names that no checker knows. */
function withoutFormats(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutFormats);
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => !(key === "format" && typeof value === "string"),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutFormats(value)]));
}

function faultsOf(schema: z.ZodType, body: unknown): string[] {
  const read = schema.safeParse(JSON.parse(JSON.stringify(body)));
  return read.success
    ? []
    : read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

test.skipIf(!there)("Discord's own document takes every message that is made", () => {
  const create = schemaOf("MessageCreateRequest");
  const edit = schemaOf("MessageEditRequestPartial");
  for (const name of hostileNames) {
    const message = toDiscordMessage(messageOf(name));
    expect(faultsOf(create, { ...message, nonce: "delivery-1", enforce_nonce: true })).toEqual([]);
    expect(faultsOf(edit, { ...message, attachments: [] })).toEqual([]);
    const attachments = [{ id: "0", filename: "c.png", description: "falling" }];
    expect(faultsOf(edit, { ...message, attachments })).toEqual([]);
  }
  expect(faultsOf(create, { content: 7 })).not.toEqual([]);
});

test.skipIf(!there)("Discord's own document takes the declaration of the command", async () => {
  const schema = schemaOf("ApplicationCommandUpdateRequest");
  const sandbox = await startDiscordSandbox({
    botToken: "t",
    channels: [],
    users: [],
    now: () => new Date(),
  });
  const started = await startDiscord({
    token: "t",
    apiUrl: sandbox.apiUrl,
    channels: [],
    handlers: {
      onCommand: async () => {},
      onClick: async () => {},
      onThreadReply: async () => {},
      onReadersChanged: async () => {},
      onTurnedAway: async () => {},
      inbox: memoryInbox(),
    },
    onGap: () => {},
    log: silentLog,
  });
  try {
    expect(sandbox.commands()).toHaveLength(1);
    for (const command of sandbox.commands()) expect(faultsOf(schema, command)).toEqual([]);
  } finally {
    if (started.ok) await started.value.stop();
    await sandbox.stop();
  }
});
