import { jsonResponse } from "../../http/exchange.ts";
import type { Route } from "../../http/serve.ts";
import { keepNewest } from "../../keep-newest.ts";
import { METHODS } from "../methods/all-methods.ts";
import { type Callee, callMethod } from "../methods/call-method.ts";
import { isMethodName } from "../methods/method-names.ts";

/** Whoever makes more has read the first ones. */
const MOST_PROBLEMS = 10_000;

/** `/api/<method>`. `callee` is asked at each call, since the origin is known only once it is served. */
export function apiRoute(callee: () => Callee): Route {
  return ({ method, url, header, body }) => {
    if (!url.pathname.startsWith("/api/")) return null;
    const name = url.pathname.slice("/api/".length);
    // Slack takes arguments in the address too; in a GET they are all there is.
    const query = method === "GET" ? url.search.slice(1) : body.toString("utf8");
    const reply = callMethod(callee(), {
      method: name,
      contentType: header("content-type"),
      authorization: header("authorization"),
      body: query,
    });
    const { scopes, feed, problems } = callee().workspace;
    keepNewest(problems, MOST_PROBLEMS);
    feed.tell({ kind: "noted" });
    const response = jsonResponse(reply);
    if (response.kind === "body") {
      response.headers = {
        "x-oauth-scopes": scopes ? [...scopes].join(",") : "",
        "x-accepted-oauth-scopes": isMethodName(name) ? METHODS[name].scopes.join(",") : "",
      };
    }
    return response;
  };
}
