import { REST, Routes } from "discord.js";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { ChatFault, ChatPort } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { discordCaller, requestTimeoutMs } from "./discord-call.ts";
import { discordPort } from "./discord-port.ts";
import { threadOpener } from "./discord-threads.ts";
import { echoes } from "./echoes.ts";

/**
 * Discord as a place to post, for a process that hears nothing: the gateway is not opened. It serves
 * no servers, so that everybody is a stranger to it; and it knows of no post but its own.
 */
export async function discordOverRest(
  token: string,
  apiUrl: string | undefined,
  log: Log,
): Promise<Result<ChatPort, ChatFault>> {
  // A header cannot hold other characters, and the error that says so would quote the token.
  if (!/^[\x21-\x7e]+$/.test(token)) return failed({ kind: "refused", code: "malformed_token" });
  const rest = new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    retries: 0,
    timeout: requestTimeoutMs,
  }).setToken(token);
  const call = discordCaller(rest, requestTimeoutMs);
  const self = await call("GET", Routes.user(), {}, z.object({ id: z.string() }));
  if (!self.ok) return self;
  const selfId = self.value.id;
  const openThread = threadOpener(call);
  return ok(discordPort({ call, log, selfId, seen: echoes(), openThread, guilds: () => [] }));
}
