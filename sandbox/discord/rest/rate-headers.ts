import { createHash } from "node:crypto";
import type { Taken } from "../server/rates.ts";
import type { Answer } from "./exchange.ts";

/** What Discord says of a route's calls with every answer. */
export function rateHeaders(operation: string, taken: Taken): Record<string, string> {
  const resetS = taken.resetMs / 1_000;
  return {
    "x-ratelimit-limit": String(taken.limit),
    "x-ratelimit-remaining": String(taken.remaining),
    "x-ratelimit-reset": (Date.now() / 1_000 + resetS).toFixed(3),
    "x-ratelimit-reset-after": resetS.toFixed(3),
    "x-ratelimit-bucket": bucketOf(operation),
  };
}

/** A route's name for clients, which means nothing. */
export function bucketOf(operation: string): string {
  return createHash("sha256").update(operation).digest("hex").slice(0, 32);
}

/** Too many calls: of the whole bot, or of the route, whose headers come with it. */
export function limited(
  retryAfterS: number,
  ofRoute: Readonly<Record<string, string>> | null,
): Answer {
  const body = {
    message: "You are being rate limited.",
    retry_after: retryAfterS,
    global: ofRoute === null,
  };
  const scope = ofRoute === null ? "global" : "user";
  const headers = {
    ...ofRoute,
    "retry-after": String(Math.ceil(retryAfterS)),
    "x-ratelimit-scope": scope,
    ...(ofRoute === null ? { "x-ratelimit-global": "true" } : {}),
  };
  return { status: 429, body, headers };
}
