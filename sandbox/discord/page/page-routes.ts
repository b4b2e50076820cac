import { z } from "zod";
import type { Route } from "../../http/serve.ts";
import { type Acted, action } from "../../page/action-route.ts";
import { assetRoute } from "../../page/assets.ts";
import { changesRoute } from "../../page/changes-route.ts";
import { htmlResponse } from "../../page/html-response.ts";
import { say } from "../people/say.ts";
import { runCommand } from "../people/use-command.ts";
import { choose, press } from "../people/use-component.ts";
import type { Interaction } from "../server/interaction.ts";
import type { Server } from "../server/server.ts";
import { page } from "./page.ts";

const FOLDERS = ["page/client/", "discord/page/client/"];

const GONE = "There is nothing to click any more.";

/** The page and what its script asks for. */
export function pageRoutes(server: Server, origin: () => string): Route[] {
  return [
    pageRoute(server),
    assetRoute(FOLDERS, ["json.ts"]),
    changesRoute(server.feed),
    action("/page/send", sent, (typed) => send(server, origin(), typed)),
    action("/page/press", pressed, async (on) => {
      const interaction = press(server, origin(), on);
      return interaction ? answered(await interaction) : GONE;
    }),
    action("/page/choose", chosen, async (choice) => {
      const interaction = choose(server, origin(), choice);
      return interaction ? answered(await interaction) : GONE;
    }),
  ];
}

function pageRoute(server: Server): Route {
  return ({ method, url }) => {
    if (url.pathname !== "/" || method !== "GET") return null;
    const [channel, user] = [url.searchParams.get("channel"), url.searchParams.get("user")];
    const shown = Math.max(1, Number(url.searchParams.get("shown") ?? 100) || 100);
    return htmlResponse(page(server, { channel, user, shown }));
  };
}

const sent = z.object({ channel: z.string(), user: z.string(), text: z.string() });
const pressed = z.object({ message: z.string(), user: z.string(), customId: z.string() });
const chosen = z.object({
  message: z.string(),
  user: z.string(),
  menu: z.string(),
  values: z.array(z.string()),
});

/** A message, or a command when it begins with a slash. */
async function send(server: Server, origin: string, typed: z.infer<typeof sent>): Promise<Acted> {
  if (!server.channels.has(typed.channel)) return "There is no such channel.";
  if (!server.users.has(typed.user)) return "There is no such person.";
  if (typed.text.trim() === "") return "There is nothing to send.";
  if (!typed.text.startsWith("/")) {
    say(server, origin, typed);
    return {};
  }
  const [, name = ""] = /^\/(\S*)/.exec(typed.text) ?? [];
  if (!server.commands.some((command) => command.name === name))
    return `The app has no command /${name}.`;
  return answered(await runCommand(server, typed));
}

function answered({ acknowledged }: Interaction): Acted {
  return acknowledged ? {} : "The application did not respond.";
}
