import { isList, isObject, type Json, type JsonObject } from "../../json.ts";
import type { PageView } from "../view.ts";
import { addressOf, type Place } from "./address.ts";

const GONE = "The sandbox cannot be reached.";

/** Null when the sandbox does not answer. */
export async function fetchView(place: Place): Promise<PageView | null> {
  try {
    const response = await fetch(`/page/view${addressOf(place).slice(1)}`);
    return response.ok ? ((await response.json()) as PageView) : null;
  } catch {
    return null;
  }
}

type Answer = { error: string } | { error: null; body: JsonObject };

async function post(path: string, sent: object): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(sent),
    });
    const body = (await response.json()) as Json;
    if (!isObject(body)) return { error: GONE };
    return typeof body.error === "string" ? { error: body.error } : { error: null, body };
  } catch {
    return { error: GONE };
  }
}

/** Why it was not done; null when it was. */
export async function act(what: string, sent: object): Promise<string | null> {
  return (await post(`/page/${what}`, sent)).error;
}

/** The options that the app offers; none when it does not answer. */
export async function suggestFor(what: string, sent: object): Promise<JsonObject[]> {
  const answer = await post(`/page/${what}`, sent);
  return answer.error === null && isList(answer.body.options)
    ? answer.body.options.filter(isObject)
    : [];
}

type Submitted =
  | { kind: "done" }
  | { kind: "errors"; errors: Record<string, string> }
  | { kind: "failed"; reason: string };

/** What came of pressing a modal's button. */
export async function submitView(sent: object): Promise<Submitted> {
  const answer = await post("/page/submit", sent);
  if (answer.error !== null) return { kind: "failed", reason: answer.error };
  const { kind, errors, reason } = answer.body;
  if (kind === "failed") return { kind, reason: String(reason) };
  if (kind !== "errors" || !isObject(errors)) return { kind: "done" };
  const words = Object.entries(errors).map(([id, say]) => [id, String(say)]);
  return { kind, errors: Object.fromEntries(words) };
}

export function closeView(sent: object): Promise<string | null> {
  return act("close", sent);
}

/** Calls `changed` after everything that happens, and tells when the line is lost and found again. */
export function listen(changed: () => void, connected: (is: boolean) => void): void {
  const source = new EventSource("/page/changes");
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => connected(false));
  source.addEventListener("message", changed);
}
