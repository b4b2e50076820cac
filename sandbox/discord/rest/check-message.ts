import { isObject, type Json, type JsonObject, objectsOf, textOf } from "../../json.ts";
import { checkComponents } from "./check-components.ts";
import { checkLength } from "./check-length.ts";
import { badLength, type FormFault, tooLong } from "./form-fault.ts";

/** What Discord would refuse in a message; empty when it would take it. */
export function checkMessage(body: JsonObject, files: number): FormFault[] {
  const embeds = objectsOf(body.embeds);
  return [
    ...checkLength(body.content, "content", 2_000),
    ...checkLength(body.nonce, "nonce", 25),
    ...(embeds.length > 10 ? [tooLong("embeds", 10)] : []),
    ...(embeds.reduce((sum, embed) => sum + embedLength(embed), 0) > 6_000 ? [TOO_MUCH] : []),
    ...embeds.flatMap((embed, index) => checkEmbed(embed, `embeds[${index}]`)),
    ...checkComponents(objectsOf(body.components)),
    ...checkAttachments(objectsOf(body.attachments), files),
    ...checkMentions(body.allowed_mentions),
  ];
}

/** Whether anything is there to be seen. */
export function isEmpty(body: JsonObject, files: number): boolean {
  const parts = [...objectsOf(body.embeds), ...objectsOf(body.components)];
  return textOf(body.content).trim() === "" && parts.length === 0 && files === 0;
}

const TOO_MUCH: FormFault = {
  at: "embeds",
  code: "MAX_EMBED_SIZE_EXCEEDED",
  message: "Embed size exceeds maximum size of 6000",
};

function checkEmbed(embed: JsonObject, at: string): FormFault[] {
  const fields = objectsOf(embed.fields);
  const footer = isObject(embed.footer) ? embed.footer.text : "";
  return [
    ...checkLength(embed.title, `${at}.title`, 256),
    ...checkLength(embed.description, `${at}.description`, 4_096),
    ...checkLength(footer, `${at}.footer.text`, 2_048),
    ...(fields.length > 25 ? [tooLong(`${at}.fields`, 25)] : []),
    ...fields.flatMap((field, index) => [
      ...checkLength(field.name, `${at}.fields[${index}].name`, 256),
      ...checkLength(field.value, `${at}.fields[${index}].value`, 1_024),
    ]),
  ];
}

function embedLength(embed: JsonObject): number {
  const fields = objectsOf(embed.fields);
  const texts = [
    embed.title,
    embed.description,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ];
  return texts.reduce((sum: number, text) => sum + textOf(text).length, 0);
}

function checkAttachments(attachments: readonly JsonObject[], files: number): FormFault[] {
  return [
    ...(attachments.length > 10 ? [tooLong("attachments", 10)] : []),
    ...(attachments.length < files ? [badLength("attachments", files, 10)] : []),
    ...attachments.flatMap((attachment, index) =>
      checkLength(attachment.description, `attachments[${index}].description`, 1_024),
    ),
  ];
}

/**
 * A rule of this sandbox and not of Discord: a bot that lets Discord parse mentions in data will one
 * day call everybody.
 */
function checkMentions(mentions: Json | undefined): FormFault[] {
  const isSafe =
    isObject(mentions) && (!Array.isArray(mentions.parse) || mentions.parse.length === 0);
  return isSafe ? [] : [UNSAFE];
}

const UNSAFE: FormFault = {
  at: "allowed_mentions",
  code: "SANDBOX_MENTIONS",
  message: "Name what may be mentioned, and let nothing be parsed.",
};
