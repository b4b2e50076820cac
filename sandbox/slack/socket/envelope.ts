import type { JsonObject } from "../../json.ts";
import type { Delivery } from "../deliver/delivery.ts";

const TYPES = {
  event: "events_api",
  command: "slash_commands",
  interaction: "interactive",
} as const satisfies Record<Delivery["kind"], string>;

/** What goes over a socket in place of a signed request. Each attempt has an id of its own. */
export function envelopeOf(id: string, delivery: Delivery): JsonObject {
  return {
    envelope_id: id,
    payload: delivery.payload,
    type: TYPES[delivery.kind],
    accepts_response_payload: delivery.takesReply,
    ...(delivery.kind === "event"
      ? {
          retry_attempt: delivery.retry?.attempt ?? 0,
          retry_reason: delivery.retry ? "timeout" : "",
        }
      : {}),
  };
}
