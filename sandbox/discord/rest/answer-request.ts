import type { HttpResponse } from "../../http/exchange.ts";
import { keepNewest } from "../../keep-newest.ts";
import { faultOf, meetFault } from "../faults/meet-fault.ts";
import { archiveIdle } from "../server/change-thread.ts";
import type { Server } from "../server/server.ts";
import { channelRoutes } from "./channel-routes.ts";
import { directRoutes } from "./direct-routes.ts";
import { type Answer, type Request, refusals, responseOf } from "./exchange.ts";
import { interactionRoutes } from "./interaction-routes.ts";
import { limited, rateHeaders } from "./rate-headers.ts";
import type { Route } from "./route.ts";
import { serverRoutes } from "./server-routes.ts";
import { threadRoutes } from "./thread-routes.ts";

const ROUTES = [
  ...serverRoutes,
  ...directRoutes,
  ...channelRoutes,
  ...threadRoutes,
  ...interactionRoutes,
];

/** Whoever makes more has read the first ones. */
const MOST_PROBLEMS = 10_000;

/** Answers one call of the API, or meets what is planned for it; what no route knows is noted. */
export function answerRequest(server: Server, origin: string, request: Request): HttpResponse {
  keepNewest(server.problems, MOST_PROBLEMS);
  for (const route of ROUTES) {
    const match = route.method === request.method ? route.pattern.exec(request.path) : null;
    if (!match) continue;
    const parts = match.slice(1);
    const carryOut = () => runRoute(route, server, origin, request, parts);
    const fault = faultOf(server.faults, route.operation, request);
    return fault
      ? meetFault(fault, route.operation, carryOut)
      : responseOf(withinRates(server, route, parts, carryOut));
  }
  server.problems.push({ where: `${request.method} ${request.path}`, what: "unknown route" });
  return responseOf(refusals.notFound);
}

/** Carries a call out, unless there were too many. Answers to interactions do not count for the bot. */
function withinRates(
  server: Server,
  route: Route,
  parts: readonly string[],
  carryOut: () => Answer,
): Answer {
  const about = route.authorized ? (parts[0] ?? "") : (parts[1] ?? "");
  const taken = server.rates.takeRoute(`${route.operation} ${about}`);
  const headers = rateHeaders(route.operation, taken);
  if (taken.isOver) return limited(taken.resetMs / 1_000, headers);
  const all = route.authorized ? server.rates.takeGlobal() : null;
  if (all?.isOver) return limited(all.resetMs / 1_000, null);
  return { ...carryOut(), headers };
}

function runRoute(
  route: Route,
  server: Server,
  origin: string,
  request: Request,
  parts: readonly string[],
): Answer {
  if (route.authorized && request.authorization !== `Bot ${server.botToken}`) {
    return refusals.unauthorized;
  }
  archiveIdle(server);
  return route.run({ server, origin, request, parts });
}
