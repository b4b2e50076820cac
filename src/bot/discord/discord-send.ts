import type { RawFile, RouteLike } from "discord.js";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { ChatFault, HandedFile, Message, MessageRef, Picture, Posted } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import { cutText } from "../cut-text.ts";
import { faultFields } from "../fault-fields.ts";
import { literalText } from "../literal-text.ts";
import type { DiscordCall, DiscordRequest } from "./discord-call.ts";
import { discordLimits } from "./limits.ts";
import { type DiscordMessage, toDiscordMessage } from "./to-discord-message.ts";

export interface Sending {
  call: DiscordCall;
  log: Log;
}

/**
 * Says a message by `say`, the words first; then adds the picture to what `say` made, at the route
 * that it names. A picture that cannot be shown costs nothing but itself.
 */
export async function sayThenPicture(
  { call, log }: Sending,
  message: Message,
  say: (content: DiscordMessage) => Promise<Result<Said, ChatFault>>,
): Promise<Result<Posted, ChatFault>> {
  const content = toDiscordMessage(message);
  const said = await say(content);
  if (!said.ok) return said;
  const { ref, route, auth } = said.value;
  if (message.image === undefined) return ok({ ref, pictured: false });
  const shown = await call(
    "PATCH",
    route,
    { ...withPicture(content, message.image), auth },
    z.unknown(),
  );
  if (!shown.ok) log.warn("discord_picture_lost", faultFields(shown.fault));
  return ok({ ref, pictured: shown.ok });
}

export interface Said {
  ref: MessageRef;
  /** Where the message is changed. */
  route: RouteLike;
  auth: boolean;
}

/** The body that puts these words in the place of what stands there, a picture included. */
export function replacing(content: DiscordMessage): DiscordRequest {
  return { body: { ...content, attachments: [] } };
}

function withPicture(content: DiscordMessage, picture: Picture): DiscordRequest {
  const description = cutText(literalText(picture.alt), discordLimits.altText);
  const file: RawFile = {
    name: picture.filename,
    data: Buffer.from(picture.png),
    contentType: "image/png",
  };
  const attachments = [{ id: "0", filename: picture.filename, description }];
  return { body: { ...content, attachments }, files: [file] };
}

/** The body with a file beside its words. */
export function withFile(body: DiscordMessage, { name, bytes }: HandedFile): DiscordRequest {
  const files: RawFile[] = [{ name, data: Buffer.from(bytes) }];
  return { body: { ...body, attachments: [{ id: "0", filename: name }] }, files };
}
