import { jsonResponse } from "../../http/exchange.ts";
import type { Route } from "../../http/serve.ts";
import { isObject, parseJson } from "../../json.ts";
import { respond, useResponseUrl } from "../deliver/respond.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** `/respond/<id>`: a response address, which needs no token. */
export function respondRoute(workspace: Workspace): Route {
  return ({ method, url, body }) => {
    const id = /^\/respond\/(\w+)$/.exec(url.pathname)?.[1];
    if (!id || method !== "POST") return null;
    const grant = workspace.grants.findResponse(id);
    if (!grant) return jsonResponse({ ok: false, error: "invalid_url" }, 404);
    const where = "response_url";
    const spent = useResponseUrl(workspace, grant);
    if (spent) {
      workspace.problems.push({ where, what: spent });
      return jsonResponse({ ok: false, error: spent }, 404);
    }
    const sent = parseJson(body.toString("utf8"));
    if (!isObject(sent)) {
      workspace.problems.push({ where, what: "a body that is no JSON object" });
      return jsonResponse({ ok: false, error: "invalid_payload" }, 400);
    }
    const error = respond({ workspace, grant, where }, sent);
    return error ? jsonResponse({ ok: false, error }, 400) : jsonResponse({ ok: true });
  };
}
