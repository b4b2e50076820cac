import type { ServerResponse } from "node:http";
import type { Answer, Request } from "../rest/exchange.ts";
import type { Faults, Operation, RouteFault } from "./fault.ts";

/** The fault that a call meets: of its files first, then of its operation, then of any. */
export function faultOf(faults: Faults, operation: Operation, request: Request): RouteFault | null {
  const ofFiles = request.files.size > 0 ? faults.take("upload") : null;
  return ofFiles ?? faults.take(operation) ?? faults.take("any operation");
}

/** Does to an answer what the fault says; `carryOut` is the call itself. */
export function meetFault(
  fault: RouteFault,
  carryOut: () => Answer,
  outgoing: ServerResponse,
): void {
  if ("afterEffect" in fault && fault.afterEffect) carryOut();
  switch (fault.kind) {
    case "limited":
      limit(outgoing, fault.retryAfterS, fault.global === true);
      return;
    case "status":
      outgoing.writeHead(fault.status, { "content-type": "text/html" }).end("<h1>{not json");
      return;
    case "reset":
      outgoing.socket?.resetAndDestroy();
      return;
    case "hang":
      return;
    case "error":
      outgoing.writeHead(fault.status, { "content-type": "application/json" });
      outgoing.end(JSON.stringify({ message: `Error ${fault.code}`, code: fault.code }));
  }
}

function limit(outgoing: ServerResponse, retryAfterS: number, global: boolean): void {
  outgoing.writeHead(429, {
    "content-type": "application/json",
    "retry-after": String(Math.ceil(retryAfterS)),
    "x-ratelimit-reset-after": String(retryAfterS),
    "x-ratelimit-scope": global ? "global" : "user",
    ...(global ? { "x-ratelimit-global": "true" } : { "x-ratelimit-bucket": "sandbox" }),
  });
  const message = "You are being rate limited.";
  outgoing.end(JSON.stringify({ message, retry_after: retryAfterS, global }));
}
