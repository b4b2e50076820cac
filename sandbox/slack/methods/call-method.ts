import { isObject, type JsonObject } from "../../json.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { METHODS } from "./all-methods.ts";
import { readArguments, readBody } from "./arguments.ts";
import { type Answer, type Method, refusal, refusalWithFaults } from "./method.ts";
import { isMethodName } from "./method-names.ts";
import { scopeRefusal } from "./scope.ts";

interface ApiRequest {
  /** The part of the path behind `/api/`. */
  method: string;
  contentType: string;
  authorization: string;
  body: string;
}

export interface Callee {
  workspace: Workspace;
  botToken: string;
  appToken: string | null;
  origin: string;
}

/** Answers one Web API call, in the order in which Slack checks: body, token, scope, arguments. */
export function callMethod(callee: Callee, request: ApiRequest): Answer {
  const { workspace, origin } = callee;
  const method = isMethodName(request.method) ? METHODS[request.method] : null;
  if (!method) {
    workspace.problems.push({ where: request.method, what: "unknown method" });
    return refusal("unknown_method", { req_method: request.method });
  }
  const body = readBody(request.contentType, request.body);
  if (!body) {
    workspace.problems.push({ where: method.name, what: "a body that is neither a form nor JSON" });
    return refusal("invalid_form_data");
  }
  const token = tokenOf(request.authorization, body);
  const unknown = tokenRefusal(callee, method, token);
  if (unknown) return unknown;
  const scope = scopeRefusal(workspace, method.scopes);
  if (scope) return scope;
  const ignored = request.contentType.startsWith("application/json") && !method.acceptsJson;
  const read = readArguments(ignored ? {} : body, method.arguments);
  noteArguments(workspace, method, read.unknown, read.faults);
  if (read.faults.length > 0) return refusalWithFaults("invalid_arguments", read.faults);
  const answered = method.run({ workspace, arguments: read.arguments, origin });
  return withWarning(answered, charsetWarning(request.contentType));
}

/** Slack wants the charset named with JSON, and not with a form. */
function charsetWarning(contentType: string): string | null {
  const isNamed = /;\s*charset=/i.test(contentType);
  if (contentType.startsWith("application/json")) return isNamed ? null : "missing_charset";
  return isNamed ? "superfluous_charset" : null;
}

function withWarning(answered: Answer, warning: string | null): Answer {
  if (warning === null) return answered;
  const { response_metadata } = answered;
  const metadata = isObject(response_metadata) ? response_metadata : {};
  return { ...answered, warning, response_metadata: { ...metadata, warnings: [warning] } };
}

function tokenRefusal(callee: Callee, method: Method, token: string): Answer | null {
  if (token === "") return refusal("not_authed");
  if (token !== callee.botToken && token !== callee.appToken) return refusal("invalid_auth");
  const wanted = method.token === "app" ? callee.appToken : callee.botToken;
  return token === wanted ? null : refusal("not_allowed_token_type");
}

function tokenOf(authorization: string, body: JsonObject): string {
  const bearer = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  return bearer ?? (typeof body.token === "string" ? body.token : "");
}

function noteArguments(workspace: Workspace, method: Method, unknown: string[], faults: string[]) {
  for (const name of unknown) {
    workspace.problems.push({ where: method.name, what: `unknown argument ${name}` });
  }
  for (const fault of faults) {
    workspace.problems.push({ where: method.name, what: `invalid_arguments: ${fault}` });
  }
}
