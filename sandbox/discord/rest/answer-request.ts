import type { ServerResponse } from "node:http";
import { faultOf, meetFault } from "../faults/meet-fault.ts";
import type { Server } from "../server/server.ts";
import { channelRoutes } from "./channel-routes.ts";
import { type Answer, type Request, refusals } from "./exchange.ts";
import { interactionRoutes } from "./interaction-routes.ts";
import type { Route } from "./route.ts";
import { serverRoutes } from "./server-routes.ts";

const ROUTES = [...serverRoutes, ...channelRoutes, ...interactionRoutes];

/** Answers one call of the API, or meets what is planned for it; what no route knows is noted. */
export function answerRequest(
  server: Server,
  origin: string,
  request: Request,
  outgoing: ServerResponse,
): void {
  for (const route of ROUTES) {
    const match = route.method === request.method ? route.pattern.exec(request.path) : null;
    if (!match) continue;
    const parts = match.slice(1);
    const carryOut = () => runRoute(route, server, origin, request, parts);
    const fault = faultOf(server.faults, route.operation, request);
    if (fault) meetFault(fault, carryOut, outgoing);
    else sendAnswer(outgoing, carryOut());
    return;
  }
  server.problems.push({ where: `${request.method} ${request.path}`, what: "unknown route" });
  sendAnswer(outgoing, refusals.notFound);
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
  return route.run({ server, origin, request, parts });
}

function sendAnswer(outgoing: ServerResponse, { status, body }: Answer): void {
  outgoing.writeHead(status, body === undefined ? {} : { "content-type": "application/json" });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
}
