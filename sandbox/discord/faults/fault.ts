/** What can be made to go wrong. The words of each are what docs/sandbox.md says of it. */
import { z } from "zod";
import type { PlannedFaults } from "../../planned-faults.ts";

const afterEffect = z
  .boolean()
  .optional()
  .describe("the call is carried out first: only its answer is lost");

export const routeFault = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("limited"),
      retryAfterS: z.number(),
      global: z.boolean().optional().describe("of the whole bot, not of the route"),
    })
    .describe("answers 429 with its headers"),
  z
    .strictObject({ kind: z.literal("status"), status: z.number().int(), afterEffect })
    .describe("answers with another status, and nothing that is JSON"),
  z.strictObject({ kind: z.literal("reset"), afterEffect }).describe("resets the connection"),
  z.strictObject({ kind: z.literal("hang"), afterEffect }).describe("never answers"),
  z
    .strictObject({
      kind: z.literal("error"),
      status: z.number().int(),
      code: z.number().int().describe("50001 Missing Access, 50013 Missing Permissions, ..."),
    })
    .describe("refuses the call as Discord does"),
]);

/** By the names that Discord's own document gives its operations. */
export const OPERATIONS = [
  "get_bot_gateway",
  "get_user",
  "get_guild_member",
  "create_dm",
  "bulk_set_application_commands",
  "get_channel",
  "update_channel",
  "list_messages",
  "create_message",
  "get_message",
  "update_message",
  "delete_message",
  "create_thread_from_message",
  "get_active_guild_threads",
  "list_public_archived_threads",
  "create_interaction_response",
  "execute_webhook",
  "get_webhook_message",
  "update_webhook_message",
  "delete_webhook_message",
] as const;

/** `upload` is any call that brings files, whatever its operation. */
export const ROUTE_PLACES = ["any operation", "upload", ...OPERATIONS] as const;

export type Operation = (typeof OPERATIONS)[number];
export type RouteFault = z.infer<typeof routeFault>;
export type Faults = PlannedFaults<Record<(typeof ROUTE_PLACES)[number], RouteFault>>;
