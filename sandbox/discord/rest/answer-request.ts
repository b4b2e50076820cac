import type { Server } from "../server/server.ts";
import { channelRoutes } from "./channel-routes.ts";
import { type Answer, type Request, refusals } from "./exchange.ts";
import { interactionRoutes } from "./interaction-routes.ts";
import { serverRoutes } from "./server-routes.ts";

const ROUTES = [...serverRoutes, ...channelRoutes, ...interactionRoutes];

/** Answers one call of the API; what no route knows is noted as a problem. */
export function answerRequest(server: Server, origin: string, request: Request): Answer {
  for (const route of ROUTES) {
    const match = route.method === request.method ? route.pattern.exec(request.path) : null;
    if (!match) continue;
    if (route.authorized && request.authorization !== `Bot ${server.botToken}`) {
      return refusals.unauthorized;
    }
    return route.run({ server, origin, request, parts: match.slice(1) });
  }
  server.problems.push({ where: `${request.method} ${request.path}`, what: "unknown route" });
  return refusals.notFound;
}
