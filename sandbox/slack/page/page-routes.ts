import type { BotConnection } from "../deliver/bot-connection.ts";
import { type HttpRequest, type HttpResponse, jsonResponse } from "../http/exchange.ts";
import type { Route } from "../http/serve.ts";
import { isObject, type JsonObject, parseJson } from "../json.ts";
import { refusalFor, runCommand, say } from "../people.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { assetRoute } from "./assets.ts";
import { buildView } from "./build-view.ts";
import { changesRoute } from "./changes-route.ts";
import { shellRoute } from "./shell.ts";

/** The page and what its script asks for. */
export function pageRoutes(bot: BotConnection): Route[] {
  const { workspace } = bot;
  return [
    shellRoute(workspace),
    assetRoute(),
    viewRoute(workspace),
    changesRoute(workspace.feed),
    action("/page/send", (sent) => send(bot, sent)),
    action("/page/click", (sent) => click(bot, sent)),
    permalinkRoute(workspace),
  ];
}

function viewRoute(workspace: Workspace): Route {
  return ({ method, url }) => {
    if (url.pathname !== "/page/view" || method !== "GET") return null;
    const asked = url.searchParams;
    return jsonResponse(
      buildView(workspace, {
        user: asked.get("user") ?? "",
        channel: asked.get("channel") ?? "",
        thread: asked.get("thread"),
      }),
    );
  };
}

/**
 * An action of the page's. Only JSON is taken: a foreign page cannot send that to a loopback address
 * without asking first, and nobody here says yes.
 */
function action(
  path: string,
  act: (sent: JsonObject) => string | null | Promise<string | null>,
): Route {
  return async ({ method, url, header, body }: HttpRequest): Promise<HttpResponse | null> => {
    if (url.pathname !== path || method !== "POST") return null;
    const isJson = header("content-type").startsWith("application/json");
    const sent = isJson ? parseJson(body.toString("utf8")) : undefined;
    if (!isObject(sent)) return jsonResponse({ error: "JSON wanted" }, 415);
    const error = await act(sent);
    return error ? jsonResponse({ error }, 409) : jsonResponse({});
  };
}

/** A message, or a command when it begins with a slash. The string says why not. */
function send(bot: BotConnection, sent: JsonObject): string | null {
  const typed = {
    channel: String(sent.channel),
    user: String(sent.user),
    text: String(sent.text),
    thread: typeof sent.thread === "string" ? sent.thread : null,
  };
  const refused = refusalFor(bot.workspace, typed);
  if (refused) return refused;
  if (typed.text.trim() === "") return "There is nothing to send.";
  if (typed.thread && !bot.workspace.messages.find(typed.channel, typed.thread)) {
    return "The thread is gone.";
  }
  // What came of a command shows in the channel, and what went wrong among the problems.
  if (typed.text.startsWith("/")) runCommand(bot, typed).catch(() => {});
  else say(bot.workspace, typed);
  return null;
}

async function click(bot: BotConnection, sent: JsonObject): Promise<string | null> {
  const place = { channel: String(sent.channel), user: String(sent.user) };
  const refused = refusalFor(bot.workspace, place);
  if (refused) return refused;
  const clicked = await bot.click({
    ...place,
    message: String(sent.message),
    actionId: String(sent.actionId),
    ...(typeof sent.option === "string" ? { option: sent.option } : {}),
  });
  return clicked ? null : "The app cannot be reached, or there is nothing to click any more.";
}

/** `/archives/<channel>/p<ts without its point>`, as chat.getPermalink gives it. */
function permalinkRoute(workspace: Workspace): Route {
  return ({ url }) => {
    const match = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(url.pathname);
    if (!match) return null;
    const [, channel = "", seconds, micros] = match;
    const message = workspace.messages.find(channel, `${seconds}.${micros}`);
    if (!message) return null;
    const asked = new URLSearchParams({ channel, thread: message.threadTs ?? message.ts });
    return {
      kind: "body",
      status: 302,
      type: "text/plain",
      body: "",
      headers: { location: `/?${asked}` },
    };
  };
}
