import type { LogFields } from "../log.ts";
import type { ChatFault } from "../message.ts";

/** What may be logged of a fault: all of it, for a platform's word is an id and no text of a person. */
export function faultFields(fault: ChatFault): LogFields {
  const detail =
    fault.kind === "limited" ? { retryAfterMs: fault.retryAfterMs } : { code: fault.code };
  return { fault: fault.kind, ...detail };
}
