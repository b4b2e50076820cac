import { z } from "zod";
import { jsonResponse } from "../../http/exchange.ts";
import type { Route } from "../../http/serve.ts";
import { action } from "../../page/action-route.ts";
import { assetRoute } from "../../page/assets.ts";
import { changesRoute } from "../../page/changes-route.ts";
import type { BotConnection } from "../deliver/bot-connection.ts";
import { runCommand, say, writingRefusalFor } from "../people.ts";
import { openDirectMessage } from "../workspace/direct-message.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { buildView } from "./build-view.ts";
import { interactionRoutes } from "./interaction-routes.ts";
import { shellRoute } from "./shell.ts";

/** Where the page's script and styles are, and what they import besides. */
const FOLDERS = ["page/client/", "slack/page/client/"];
const SHARED = [
  "json.ts",
  "slack/text/escape.ts",
  "slack/text/mention-label.ts",
  "slack/text/parse-mrkdwn.ts",
];

/** The page and what its script asks for. */
export function pageRoutes(bot: BotConnection): Route[] {
  const { workspace } = bot;
  return [
    shellRoute(workspace),
    assetRoute(FOLDERS, SHARED),
    viewRoute(workspace),
    changesRoute(workspace.feed),
    action("/page/send", sentMessage, (sent) => send(bot, sent) ?? {}),
    ...interactionRoutes(bot),
    permalinkRoute(workspace),
  ];
}

function viewRoute(workspace: Workspace): Route {
  return ({ method, url }) => {
    if (url.pathname !== "/page/view" || method !== "GET") return null;
    const asked = url.searchParams;
    const user = workspace.users.get(asked.get("user") ?? "") ?? [...workspace.users.values()][0];
    // Whoever looks has the app in their sidebar, whether it has ever written to them or not.
    if (user) openDirectMessage(workspace, user.id);
    return jsonResponse(
      buildView(workspace, {
        user: user?.id ?? "",
        channel: asked.get("channel") ?? "",
        thread: asked.get("thread"),
        shown: Math.max(1, Number(asked.get("shown") ?? 100) || 100),
      }),
    );
  };
}

const sentMessage = z.object({
  channel: z.string(),
  user: z.string(),
  text: z.string(),
  thread: z.string().optional(),
});

/** A message, or a command when it begins with a slash. The string says why not. */
function send(bot: BotConnection, sent: z.infer<typeof sentMessage>): string | null {
  const typed = { ...sent, thread: sent.thread ?? null };
  const refused = writingRefusalFor(bot.workspace, typed);
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
