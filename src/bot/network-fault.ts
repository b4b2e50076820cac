import type { ChatFault } from "../message.ts";

/**
 * A request that brought no answer. Only where the connection was never made is it known that
 * nothing was done; after a reset or a time-out the platform may have done it all the same.
 */
export function networkFault(error: unknown): ChatFault {
  const code = codeOf(error);
  if (misread.has(code)) return { kind: "ambiguous", code: "unreadable_answer" };
  return neverSent.has(code) ? { kind: "unreachable", code } : { kind: "ambiguous", code };
}

const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** What a client stumbles over in an answer that is not the platform's: no JSON, or none of its shape. */
const misread = new Set(["SyntaxError", "TypeError"]);

/** The first code in the chain of causes; failing that the name: `fetch` wraps its errors twice. */
function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
    if (at.name === "TimeoutError" || at.name === "AbortError") return "timeout";
  }
  return error instanceof Error ? error.name : "unknown";
}
