import { isObject, type Json, type JsonObject } from "../../json.ts";

const GONE = "The sandbox cannot be reached.";

export type Answer = { error: string } | { error: null; body: JsonObject };

/** One action of the page's: what came of it, or why nothing did. */
export async function sendJson(path: string, sent: object): Promise<Answer> {
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
