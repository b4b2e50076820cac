import { REST } from "discord.js";
import { requestTimeoutMs } from "./discord-call.ts";

/** Single calls without the gateway. What fails is told and not tried again. */
export function discordRest(token: string, apiUrl: string | undefined): REST {
  return new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    retries: 0,
    timeout: requestTimeoutMs,
  }).setToken(token);
}
