import type { BotConnection } from "./deliver/bot-connection.ts";
import { openDirectMessage } from "./workspace/direct-message.ts";
import { viewPayload } from "./workspace/view-payload.ts";
import type { View } from "./workspace/view-store.ts";

/** The app's own place: its Home tab and its direct messages. */
export interface AppHome {
  home(user: string): View | undefined;
  /** The person opens the app, which is an event for it; the id of their direct message. */
  open(user: string, tab: "home" | "messages"): string;
}

export function appHomeOf(bot: BotConnection): AppHome {
  const { workspace } = bot;
  return {
    home: (user) => workspace.views.home(user),
    open(user, tab) {
      const channel = openDirectMessage(workspace, user);
      const home = workspace.views.home(user);
      bot.tell({
        type: "app_home_opened",
        user,
        channel: channel.id,
        tab,
        ...(tab === "home" && home ? { view: viewPayload(workspace, home) } : {}),
        event_ts: workspace.nextTs(),
      });
      return channel.id;
    },
  };
}
