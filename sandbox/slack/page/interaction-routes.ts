import { z } from "zod";
import type { Route } from "../../http/serve.ts";
import { type Acted, action } from "../../page/action-route.ts";
import type { BotConnection } from "../deliver/bot-connection.ts";
import { refusalFor } from "../people.ts";
import { appHomeOf } from "../people-at-home.ts";
import type { View } from "../workspace/view-store.ts";

const GONE = "The app cannot be reached, or there is nothing to click any more.";
const NO_VIEW = "It is not open any more.";

const option = z.union([z.string(), z.array(z.string())]).optional();
const acted = z.object({ actionId: z.string(), blockId: z.string(), option });
const onMessage = z.object({ channel: z.string(), user: z.string(), message: z.string() });
const inView = z.object({ user: z.string(), view: z.string() });
const entered = z.record(z.string(), z.record(z.string(), option));
const typing = z.object({ actionId: z.string(), blockId: z.string(), value: z.string() });

/** What a person does with buttons, menus, modals and the app's own place. */
export function interactionRoutes(bot: BotConnection): Route[] {
  const { workspace } = bot;
  const home = appHomeOf(bot);
  const schema = z.object({ user: z.string(), tab: z.enum(["home", "messages"]) });
  const openApp = action("/page/open-app", schema, ({ user, tab }) =>
    workspace.users.has(user) ? { channel: home.open(user, tab) } : "There is no such person.",
  );
  return [...messageRoutes(bot), ...viewRoutes(bot), openApp];
}

function messageRoutes(bot: BotConnection): Route[] {
  const { workspace } = bot;
  return [
    action("/page/click", onMessage.extend(acted.shape), async (sent) => {
      const refused = refusalFor(workspace, sent);
      if (refused) return refused;
      return (await bot.click(sent)) ? {} : GONE;
    }),
    action("/page/shortcut", onMessage.extend({ callbackId: z.string() }), async (sent) => {
      const refused = refusalFor(workspace, sent);
      if (refused) return refused;
      return (await bot.shortcut(sent)) ? {} : GONE;
    }),
    action("/page/suggest", onMessage.extend(typing.shape), async ({ message, ...sent }) =>
      offered(await bot.suggest({ ...sent, place: { channel: sent.channel, message } })),
    ),
  ];
}

function viewRoutes(bot: BotConnection): Route[] {
  const seen = (place: { user: string; view: string }, act: (view: View) => Promise<Acted>) => {
    const view = bot.workspace.views.find(place.view);
    return view?.user === place.user ? act(view) : NO_VIEW;
  };
  return [
    action("/page/view-suggest", inView.extend(typing.shape), async (sent) =>
      offered(await bot.suggest({ ...sent, place: { view: sent.view } })),
    ),
    action("/page/view-click", inView.extend(acted.shape).extend({ entered }), (sent) =>
      seen(sent, async (view) => ((await bot.clickInView(view, sent)) ? {} : GONE)),
    ),
    action("/page/submit", inView.extend({ entered }), (sent) =>
      seen(sent, async (view) => ({ ...(await bot.submit(view, sent.entered)) })),
    ),
    action("/page/close", inView.extend({ all: z.boolean() }), (sent) =>
      seen(sent, async (view) => {
        await bot.closeView(view, sent.all);
        return {};
      }),
    ),
  ];
}

function offered(options: Awaited<ReturnType<BotConnection["suggest"]>>): Acted {
  return options ? { options } : "The app offers nothing.";
}
