import type { JsonObject } from "../../json.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { ArgumentRules, Arguments } from "./arguments.ts";

export interface Call {
  workspace: Workspace;
  arguments: Arguments;
  /** The sandbox's own address, `http://127.0.0.1:<port>`, for addresses in answers. */
  origin: string;
}

/** An answer's body. Slack says with `ok`, never with the HTTP status, whether a method worked. */
export type Answer = JsonObject & { readonly ok: boolean };

/** One Web API method: what it takes, which scope it needs, what it does. */
export interface Method {
  name: string;
  /** Whose token it takes; the bot's when absent. */
  token?: "app";
  /**
   * One of these is needed; empty for none. Methods over conversations need the one of the
   * conversation's kind and ask `scopeRefusal` for it.
   */
  scopes: readonly string[];
  /** Whether it also takes a JSON body; the others silently see no arguments in one. */
  acceptsJson: boolean;
  arguments: ArgumentRules;
  run(call: Call): Answer;
}

export function answer(body: JsonObject = {}): Answer {
  return { ok: true, ...body };
}

export function refusal(error: string, body: JsonObject = {}): Answer {
  return { ok: false, error, ...body };
}

/** A refusal that names what was wrong with the arguments. */
export function refusalWithFaults(error: string, faults: readonly string[]): Answer {
  return refusal(error, {
    errors: faults,
    response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
  });
}
