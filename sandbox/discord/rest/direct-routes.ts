import { textOf } from "../../json.ts";
import { openDirectMessage } from "../server/direct-message.ts";
import { channelPayload } from "../server/payloads.ts";
import { type Answer, refusals } from "./exchange.ts";
import type { Call, Route } from "./route.ts";

export const directRoutes: readonly Route[] = [
  {
    method: "POST",
    pattern: /^\/users\/@me\/channels$/,
    authorized: true,
    run: createDm,
    operation: "create_dm",
  },
];

/** With anybody; whether the person takes what is said there is seen only when something is said. */
function createDm({ server, request }: Call): Answer {
  const recipient = textOf(request.body?.recipient_id);
  if (!server.users.has(recipient) || recipient === server.bot.id) return refusals.invalidRecipient;
  return { status: 200, body: channelPayload(server, openDirectMessage(server, recipient)) };
}
