import { MessageFlags, type RouteLike, Routes } from "discord.js";
import { z } from "zod";
import type { Reply } from "../../chat-connection.ts";
import type { ChatFault, Destination, HandedFile, Message } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { faultFields } from "../fault-fields.ts";
import { discordCodes } from "./discord-fault.ts";
import { createMessage } from "./discord-port.ts";
import { replacing, type Said, type Sending, sayThenPicture, withFile } from "./discord-send.ts";
import { type DiscordMessage, toDiscordMessage } from "./to-discord-message.ts";

/** An interaction that has been deferred for everyone: its token is good for 15 minutes. */
export interface Deferred {
  applicationId: string;
  token: string;
  /** Where the answer stands, and where it goes when the token is used up. */
  place: Destination;
}

type Audience = "everyone" | "asker";

export interface DeferredReply extends Reply {
  /** Takes "is thinking" away, where nothing has been said in its place. */
  takeBack(): Promise<void>;
}

/**
 * Answers an interaction in the place that was deferred for everyone. Discord fixes who sees an
 * answer when it is deferred, so an answer to the asker alone takes the place of the deferred one;
 * nothing but "is thinking" was seen of that. When the token has run out, an answer for everyone is
 * posted to the channel.
 */
export function discordReply(sending: Sending, deferred: Deferred): DeferredReply {
  let stands: { audience: Audience; message: string } = { audience: "everyone", message: original };
  let isSaid = false;
  return {
    say: async (message: Message, audience: Audience) => {
      const posted = await sayThenPicture(sending, message, async (content) => {
        const said =
          stands.audience === audience
            ? await edit(sending, deferred, stands.message, content)
            : await sayElsewhere(sending, deferred, stands.message, content, audience);
        if (said.ok && !said.value.auth) stands = { audience, message: said.value.message };
        if (said.ok || audience === "asker" || !isOver(said.fault)) return said;
        return createMessage(sending.call, deferred.place, content, {});
      });
      // What may have been said is not taken away.
      isSaid ||= posted.ok || posted.fault.kind === "ambiguous";
      return posted;
    },
    hand: async (file, words) => {
      const content = toDiscordMessage(words);
      const said = await sayElsewhere(sending, deferred, stands.message, content, "asker", file);
      isSaid ||= said.ok || said.fault.kind === "ambiguous";
      return said.ok ? ok("here") : said;
    },
    takeBack: async () => {
      if (!isSaid) await removeThinking(sending, deferred);
    },
  };
}

const original = "@original";

async function removeThinking({ call, log }: Sending, deferred: Deferred): Promise<void> {
  const { applicationId, token } = deferred;
  const thinking = Routes.webhookMessage(applicationId, token, original);
  const removed = await call("DELETE", thinking, { auth: false }, z.unknown());
  if (removed.ok || isGone(removed.fault)) return;
  log.warn("discord_thinking_stands", faultFields(removed.fault));
}

interface SaidByToken extends Said {
  message: string;
}

async function edit(
  { call }: Sending,
  deferred: Deferred,
  message: string,
  content: DiscordMessage,
): Promise<Result<SaidByToken, ChatFault>> {
  const route = Routes.webhookMessage(deferred.applicationId, deferred.token, message);
  const edited = await call("PATCH", route, { ...replacing(content), auth: false }, sent);
  return edited.ok ? ok(saidByToken(deferred, route, edited.value.id, message)) : edited;
}

async function sayElsewhere(
  { call }: Sending,
  deferred: Deferred,
  earlier: string,
  content: DiscordMessage,
  audience: Audience,
  file: HandedFile | null = null,
): Promise<Result<SaidByToken, ChatFault>> {
  const { applicationId, token } = deferred;
  const old = Routes.webhookMessage(applicationId, token, earlier);
  // First, because the first follow-up to a deferred answer would be put into its place, for everyone.
  const removed = await call("DELETE", old, { auth: false }, z.unknown());
  // An attempt before may have taken it away, and then have been held up by a limit.
  if (!removed.ok && !isMissing(removed.fault)) return failed(removed.fault);
  const flags = audience === "asker" ? MessageFlags.Ephemeral : 0;
  const body = { ...content, flags };
  const followUp = Routes.webhook(applicationId, token);
  const request = file === null ? { body } : withFile(body, file);
  const posted = await call("POST", followUp, { ...request, auth: false }, sent);
  if (!posted.ok) return posted;
  const route = Routes.webhookMessage(applicationId, token, posted.value.id);
  return ok(saidByToken(deferred, route, posted.value.id, posted.value.id));
}

function saidByToken(deferred: Deferred, route: RouteLike, id: string, message: string) {
  return { ref: { ...deferred.place, id }, route, auth: false, message };
}

/** An answer to the asker alone may have taken it away, and then not have come. */
function isGone(fault: ChatFault): boolean {
  return isOver(fault) || isMissing(fault);
}

function isMissing(fault: ChatFault): boolean {
  return fault.kind === "refused" && fault.code === discordCodes.unknownMessage;
}

/** The 15 minutes are over. */
function isOver(fault: ChatFault): boolean {
  const over: string[] = [discordCodes.unknownWebhook, discordCodes.invalidWebhookToken];
  return fault.kind === "refused" && over.includes(fault.code);
}

const sent = z.object({ id: z.string() });
