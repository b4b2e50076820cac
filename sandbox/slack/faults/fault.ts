/** What can be made to go wrong. The words of each are what docs/sandbox.md says of it. */
import { z } from "zod";
import type { PlannedFaults } from "../../planned-faults.ts";
import { METHOD_NAMES } from "../methods/method-names.ts";

const afterEffect = z
  .boolean()
  .optional()
  .describe("the call is carried out first: only its answer is lost");

const channel = z
  .string()
  .optional()
  .describe("only calls that name this channel meet it: `C0ALL`");

/** A call of the Web API, an upload of bytes, or a use of a response address. */
export const callFault = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("limited"),
      channel,
      retryAfterS: z.number().optional().describe("seconds; without it there is no Retry-After"),
    })
    .describe("answers 429"),
  z
    .strictObject({
      kind: z.literal("status"),
      status: z.number().int().min(200).max(599),
      channel,
      body: z.string().optional().describe("a page of HTML when absent"),
      afterEffect,
    })
    .describe("answers with another status, and nothing that is JSON"),
  z
    .strictObject({ kind: z.literal("reset"), channel, afterEffect })
    .describe("resets the connection"),
  z.strictObject({ kind: z.literal("hang"), channel, afterEffect }).describe("never answers"),
  z
    .strictObject({ kind: z.literal("slow"), channel, bytesPerSecond: z.number().positive() })
    .describe("carries the call out, and answers drop by drop"),
  z
    .strictObject({
      kind: z.literal("error"),
      channel,
      error: z.string().describe("`missing_scope`, `is_archived`, `token_revoked`, ..."),
      body: z.record(z.string(), z.json()).optional().describe("fields beside `ok` and `error`"),
    })
    .describe("refuses the call as Slack does, with status 200"),
]);

/** Something on its way to the bot: an event, a command, an interaction. */
export const deliveryFault = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("lost") })
    .describe("one attempt never arrives: of an event only the retry does"),
  z
    .strictObject({ kind: z.literal("twice") })
    .describe("arrives, and once more as a retry under the same event id"),
  z
    .strictObject({ kind: z.literal("overtaken"), by: z.number().int().positive() })
    .describe("arrives only after so many later ones of its kind"),
  z
    .strictObject({ kind: z.literal("delayed"), ms: z.number().min(0) })
    .describe("arrives so much later, its time running"),
  z
    .strictObject({ kind: z.literal("expired_trigger") })
    .describe("comes with a trigger whose three seconds are over"),
  z
    .strictObject({ kind: z.literal("used_response_url") })
    .describe("comes with a response address that has been used five times"),
  z
    .strictObject({ kind: z.literal("expired_response_url") })
    .describe("comes with a response address whose thirty minutes are over"),
]);

/** A file that has been uploaded and completed. */
export const fileFault = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("late_mimetype"), looks: z.number().int().positive() })
    .describe("has no type, and is refused in blocks, before it was looked at so often"),
  z
    .strictObject({ kind: z.literal("late_shares"), looks: z.number().int().positive() })
    .describe("shows where it was shared only after it was looked at so often"),
]);

export type CallFault = z.infer<typeof callFault>;
export type DeliveryFault = z.infer<typeof deliveryFault>;
export type FileFault = z.infer<typeof fileFault>;

export const CALL_PLACES = ["any method", ...METHOD_NAMES, "upload", "response_url"] as const;
export const DELIVERY_PLACES = ["event", "command", "interaction"] as const;
export const FILE_PLACES = ["file"] as const;

export type CallPlace = (typeof CALL_PLACES)[number];
type DeliveryPlace = (typeof DELIVERY_PLACES)[number];
export type FaultPlace = CallPlace | DeliveryPlace | (typeof FILE_PLACES)[number];

/** The faults that each place can meet. */
export type FaultAt = {
  [P in FaultPlace]: P extends CallPlace
    ? CallFault
    : P extends DeliveryPlace
      ? DeliveryFault
      : FileFault;
};

export type Faults = PlannedFaults<FaultAt>;
