import type { JsonObject } from "../../json.ts";
import type { PageView } from "../view.ts";
import { addressOf, type Place } from "./address.ts";

/** Null when the sandbox does not answer. */
export async function fetchView(place: Place): Promise<PageView | null> {
  try {
    const response = await fetch(`/page/view${addressOf(place).slice(1)}`);
    return response.ok ? ((await response.json()) as PageView) : null;
  } catch {
    return null;
  }
}

/** Why it was not done; null when it was. */
export async function act(what: "send" | "click", sent: JsonObject): Promise<string | null> {
  try {
    const response = await fetch(`/page/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(sent),
    });
    const answer = (await response.json()) as { error?: string };
    return answer.error ?? null;
  } catch {
    return "The sandbox cannot be reached.";
  }
}

/** Calls `changed` after everything that happens, and tells when the line is lost and found again. */
export function listen(changed: () => void, connected: (is: boolean) => void): void {
  const source = new EventSource("/page/changes");
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => connected(false));
  source.addEventListener("message", changed);
}
