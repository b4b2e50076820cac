import type { HttpResponse } from "../../http/exchange.ts";
import { type Answer, type Request, responseOf } from "../rest/exchange.ts";
import { bucketOf, limited } from "../rest/rate-headers.ts";
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
): HttpResponse {
  if ("afterEffect" in fault && fault.afterEffect) carryOut();
  switch (fault.kind) {
    case "limited":
      return responseOf(limitedBy(fault, operation));
    case "status":
      return { kind: "body", status: fault.status, type: "text/html", body: "<h1>{not json" };
    case "reset":
    case "hang":
      return { kind: fault.kind };
    case "error": {
      const body = { message: `Error ${fault.code}`, code: fault.code };
      return responseOf({ status: fault.status, body });
    }
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
