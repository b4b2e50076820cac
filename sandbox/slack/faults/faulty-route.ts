import { type HttpRequest, type HttpResponse, jsonResponse } from "../../http/exchange.ts";
import { firstAnswer, type Route } from "../../http/serve.ts";
import { readBody } from "../methods/arguments.ts";
import { isMethodName } from "../methods/method-names.ts";
import type { CallFault, CallPlace, Faults } from "./fault.ts";

/** The routes as one, with whatever is planned for the place that a request goes to. */
export function faultyRoute(faults: Faults, routes: readonly Route[]): Route {
  const route: Route = (request) => firstAnswer(routes, request);
  return (request) => {
    const place = placeOf(request.url.pathname);
    const fault = place === null ? null : takeAt(faults, place, request);
    return fault ? meet(fault, async () => route(request)) : route(request);
  };
}

function placeOf(path: string): CallPlace | null {
  const method = path.startsWith("/api/") ? path.slice("/api/".length) : "";
  if (isMethodName(method)) return method;
  if (path.startsWith("/upload/")) return "upload";
  return path.startsWith("/respond/") ? "response_url" : null;
}

/** What is planned for the place itself comes before what is planned for any method. */
function takeAt(faults: Faults, place: CallPlace, request: HttpRequest): CallFault | null {
  const isMet = ({ channel }: CallFault): boolean =>
    channel === undefined || channel === channelOf(request);
  const own = faults.take(place, isMet);
  return own || !isMethodName(place) ? own : faults.take("any method", isMet);
}

function channelOf({ header, body }: HttpRequest): unknown {
  return readBody(header("content-type"), body.toString("utf8"))?.channel;
}

const GARBAGE = "<!doctype html><title>Slack</title><h1>Server Error</h1><p>{not json";

async function meet(
  fault: CallFault,
  carryOut: () => Promise<HttpResponse | null>,
): Promise<HttpResponse | null> {
  switch (fault.kind) {
    case "limited":
      return limited(fault.retryAfterS);
    case "status":
      if (fault.afterEffect) await carryOut();
      return {
        kind: "body",
        status: fault.status,
        type: "text/html; charset=utf-8",
        body: fault.body ?? GARBAGE,
      };
    case "reset":
    case "hang":
      if (fault.afterEffect) await carryOut();
      return { kind: fault.kind };
    case "slow": {
      const response = await carryOut();
      return response?.kind === "body"
        ? { ...response, bytesPerSecond: fault.bytesPerSecond }
        : response;
    }
    case "error":
      return jsonResponse({ ok: false, error: fault.error, ...fault.body });
  }
}

function limited(retryAfterS: number | undefined): HttpResponse {
  const response = jsonResponse({ ok: false, error: "ratelimited" }, 429);
  if (response.kind !== "body" || retryAfterS === undefined) return response;
  return { ...response, headers: { "retry-after": String(retryAfterS) } };
}
