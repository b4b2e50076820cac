import { isList, isObject, type JsonObject } from "../../../json.ts";
import { sendJson } from "../../../page/client/send-json.ts";
import type { PageView } from "../view.ts";
import { addressOf, type Place } from "./address.ts";

/** Null when the sandbox does not answer. */
export async function fetchView(place: Place, shown: number): Promise<PageView | null> {
  try {
    const response = await fetch(`/page/view${addressOf(place).slice(1)}&shown=${shown}`);
    return response.ok ? ((await response.json()) as PageView) : null;
  } catch {
    return null;
  }
}

/** Why it was not done; null when it was. */
export async function act(what: string, sent: object): Promise<string | null> {
  return (await sendJson(`/page/${what}`, sent)).error;
}

/** The options that the app offers; none when it does not answer. */
export async function suggestFor(what: string, sent: object): Promise<JsonObject[]> {
  const answer = await sendJson(`/page/${what}`, sent);
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
  const answer = await sendJson("/page/submit", sent);
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
