import { isObject, type Json, type JsonObject, parseJson } from "../../json.ts";

/** `json` is structured: a JSON string in a form, or the value itself in a JSON body. */
type ArgumentKind = "string" | "boolean" | "integer" | "json";

interface ArgumentRule {
  kind: ArgumentKind;
  required?: true;
}

export type ArgumentRules = Readonly<Record<string, ArgumentRule>>;

/** The arguments of one call, each read as its rule says. */
export class Arguments {
  readonly #values: Readonly<Record<string, Json>>;

  constructor(values: Readonly<Record<string, Json>>) {
    this.#values = values;
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === "string" ? value : "";
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  integer(name: string): number | null {
    const value = this.#values[name];
    return typeof value === "number" ? value : null;
  }

  /** Undefined when it was not given. */
  json(name: string): Json | undefined {
    return this.#values[name];
  }
}

interface ReadArguments {
  arguments: Arguments;
  /** What Slack puts into `response_metadata.messages`, without the "[ERROR] ". */
  faults: string[];
  unknown: string[];
}

/** Not the sender's: the token may stand in the body, and web-api adds the team to every call of a Bolt listener. */
const OF_THE_CLIENT = new Set(["token", "team_id"]);

/** Holds what was sent against the rules of a method. */
export function readArguments(sent: JsonObject, rules: ArgumentRules): ReadArguments {
  const values: Record<string, Json> = {};
  const faults: string[] = [];
  for (const [name, rule] of Object.entries(rules)) {
    const raw = sent[name];
    if (raw === undefined || raw === null || raw === "") {
      if (rule.required) faults.push(`missing required field: ${name}`);
      continue;
    }
    const value = readValue(raw, rule.kind);
    if (value === undefined) faults.push(`must provide a ${rule.kind} [json-pointer:/${name}]`);
    else values[name] = value;
  }
  const unknown = Object.keys(sent).filter((name) => !OF_THE_CLIENT.has(name) && !(name in rules));
  return { arguments: new Arguments(values), faults, unknown };
}

function readValue(raw: Json, kind: ArgumentKind): Json | undefined {
  switch (kind) {
    case "string":
      return typeof raw === "string" ? raw : typeof raw === "number" ? String(raw) : undefined;
    case "boolean":
      return readBoolean(raw);
    case "integer":
      return Number.isInteger(Number(raw)) && typeof raw !== "object" ? Number(raw) : undefined;
    case "json":
      // What is no JSON stays the string it is: each method has an error of its own for that.
      return typeof raw === "string" ? (parseJson(raw) ?? raw) : raw;
  }
}

function readBoolean(raw: Json): boolean | undefined {
  if (raw === true || raw === "true" || raw === 1 || raw === "1") return true;
  if (raw === false || raw === "false" || raw === 0 || raw === "0") return false;
  return undefined;
}

/** The body of a call, form or JSON; undefined when it is neither. */
export function readBody(contentType: string, body: string): JsonObject | undefined {
  if (contentType.startsWith("application/json")) {
    const value = parseJson(body === "" ? "{}" : body);
    return isObject(value) ? value : undefined;
  }
  if (contentType === "" || contentType.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  return undefined;
}
