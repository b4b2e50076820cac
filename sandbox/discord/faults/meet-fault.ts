import type { ServerResponse } from "node:http";
import type { Answer, Request } from "../rest/exchange.ts";
import { bucketOf, limited } from "../rest/rate-headers.ts";
import { sendAnswer } from "../rest/send-answer.ts";
import type { Faults, Operation, RouteFault } from "./fault.ts";

/** The fault that a call meets: of its files first, then of its operation, then of any. */
export function faultOf(faults: Faults, operation: Operation, request: Request): RouteFault | null {
  const ofFiles = request.files.size > 0 ? faults.take("upload") : null;
  return ofFiles ?? faults.take(operation) ?? faults.take("any operation");
}

/** Does to an answer what the fault says; `carryOut` is the call itself. */
export function meetFault(
  fault: RouteFault,
  operation: Operation,
  carryOut: () => Answer,
  outgoing: ServerResponse,
): void {
  if ("afterEffect" in fault && fault.afterEffect) carryOut();
  switch (fault.kind) {
    case "limited":
      sendAnswer(outgoing, limitedBy(fault, operation));
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
      sendAnswer(outgoing, {
        status: fault.status,
        body: { message: `Error ${fault.code}`, code: fault.code },
      });
  }
}

/** As Discord limits some calls of a route and not the others: how many are left is not said. */
function limitedBy(
  { retryAfterS, global }: Extract<RouteFault, { kind: "limited" }>,
  operation: Operation,
): Answer {
  if (global === true) return limited(retryAfterS, null);
  return limited(retryAfterS, {
    "x-ratelimit-reset-after": String(retryAfterS),
    "x-ratelimit-bucket": bucketOf(operation),
  });
}
