import { answer, type Method } from "./method.ts";

/** An address for a socket. Its ticket is good once, and not for long. */
export const appsConnectionsOpen: Method = {
  name: "apps.connections.open",
  token: "app",
  scopes: [],
  acceptsJson: true,
  arguments: {},
  run({ workspace, origin }) {
    const { grants, timing, bot, now } = workspace;
    const ticket = grants.grantTicket(new Date(now().getTime() + timing.ticketMs));
    const asked = new URLSearchParams({ ticket, app_id: bot.appId });
    return answer({ url: `${origin.replace(/^http/, "ws")}/link/?${asked}` });
  },
};
