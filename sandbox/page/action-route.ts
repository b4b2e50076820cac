import type { z } from "zod";
import { type HttpRequest, type HttpResponse, jsonResponse } from "../http/exchange.ts";
import type { Route } from "../http/serve.ts";
import { type JsonObject, parseJson } from "../json.ts";

/** What came of an action: the words why not, or what the page is to know. */
export type Acted = string | JsonObject;

/**
 * An action of the page's. Only JSON is taken: a foreign page cannot send that to a loopback address
 * without asking first, and nobody here says yes.
 */
export function action<S extends z.ZodType>(
  path: string,
  schema: S,
  act: (sent: z.infer<S>) => Acted | Promise<Acted>,
): Route {
  return async ({ method, url, header, body }: HttpRequest): Promise<HttpResponse | null> => {
    if (url.pathname !== path || method !== "POST") return null;
    const isJson = header("content-type").startsWith("application/json");
    const sent = isJson ? schema.safeParse(parseJson(body.toString("utf8"))) : null;
    if (!sent?.success) return jsonResponse({ error: "JSON wanted" }, 415);
    const acted = await act(sent.data);
    return typeof acted === "string" ? jsonResponse({ error: acted }, 409) : jsonResponse(acted);
  };
}
