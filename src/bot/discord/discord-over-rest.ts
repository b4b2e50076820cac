import { Routes } from "discord.js";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { ChatFault, ChatPort } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { isToken } from "../is-token.ts";
import { discordCaller, requestTimeoutMs } from "./discord-call.ts";
import { discordPort } from "./discord-port.ts";
import { discordRest } from "./discord-rest.ts";
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
  if (!isToken(token)) return failed({ kind: "refused", code: "malformed_token" });
  const call = discordCaller(discordRest(token, apiUrl), requestTimeoutMs);
  const self = await call("GET", Routes.user(), {}, z.object({ id: z.string() }));
  if (!self.ok) return self;
  const selfId = self.value.id;
  const openThread = threadOpener(call);
  return ok(discordPort({ call, log, selfId, seen: echoes(), openThread, guilds: () => [] }));
}
