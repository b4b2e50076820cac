import { isObject, type Json, type JsonObject, objectsOf, textOf } from "../json.ts";

/** What Discord would refuse in a message, one sentence each; empty when it would take it. */
export function checkMessage(body: JsonObject, files: number): string[] {
  const embeds = objectsOf(body.embeds);
  return [
    ...checkLength(body.content, "content", 2_000),
    ...checkLength(body.nonce, "nonce", 25),
    ...(embeds.length > 10 ? ["embeds: more than 10"] : []),
    ...(embeds.reduce((sum, embed) => sum + embedLength(embed), 0) > 6_000
      ? ["embeds: more than 6000 characters together"]
      : []),
    ...embeds.flatMap((embed, index) => checkEmbed(embed, `embeds[${index}]`)),
    ...checkRows(objectsOf(body.components)),
    ...checkAttachments(objectsOf(body.attachments), files),
    ...checkMentions(body.allowed_mentions),
  ];
}

/** Whether anything is there to be seen. */
export function isEmpty(body: JsonObject, files: number): boolean {
  const parts = [...objectsOf(body.embeds), ...objectsOf(body.components)];
  return textOf(body.content).trim() === "" && parts.length === 0 && files === 0;
}

function checkLength(value: Json | undefined, where: string, most: number): string[] {
  return textOf(value).length > most ? [`${where}: must be ${most} or fewer in length`] : [];
}

function checkEmbed(embed: JsonObject, where: string): string[] {
  const fields = objectsOf(embed.fields);
  const footer = isObject(embed.footer) ? embed.footer.text : "";
  return [
    ...checkLength(embed.title, `${where}.title`, 256),
    ...checkLength(embed.description, `${where}.description`, 4_096),
    ...checkLength(footer, `${where}.footer.text`, 2_048),
    ...(fields.length > 25 ? [`${where}.fields: more than 25`] : []),
    ...fields.flatMap((field, index) => [
      ...checkLength(field.name, `${where}.fields[${index}].name`, 256),
      ...checkLength(field.value, `${where}.fields[${index}].value`, 1_024),
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

function checkRows(rows: readonly JsonObject[]): string[] {
  const buttons = rows.flatMap((row) => objectsOf(row.components));
  const ids = buttons.map((button) => textOf(button.custom_id));
  return [
    ...(rows.length > 5 ? ["components: more than 5 rows"] : []),
    ...(new Set(ids).size < ids.length ? ["components: custom_id duplicated"] : []),
    ...rows.flatMap((row, index) => checkRow(row, `components[${index}]`)),
  ];
}

function checkRow(row: JsonObject, where: string): string[] {
  const buttons = objectsOf(row.components);
  return [
    ...(row.type === 1 ? [] : [`${where}: not an action row`]),
    ...(buttons.length < 1 || buttons.length > 5 ? [`${where}: 1 to 5 components`] : []),
    ...buttons.flatMap((button, index) => checkButton(button, `${where}.components[${index}]`)),
  ];
}

function checkButton(button: JsonObject, where: string): string[] {
  const id = textOf(button.custom_id);
  const label = textOf(button.label);
  return [
    ...(button.type === 2 ? [] : [`${where}: not a button`]),
    ...(id.length < 1 || id.length > 100 ? [`${where}.custom_id: 1 to 100 in length`] : []),
    ...(label.length < 1 || label.length > 80 ? [`${where}.label: 1 to 80 in length`] : []),
    ...([1, 2, 3, 4].includes(Number(button.style)) ? [] : [`${where}.style: 1 to 4`]),
  ];
}

function checkAttachments(attachments: readonly JsonObject[], files: number): string[] {
  return [
    ...(attachments.length > 10 ? ["attachments: more than 10"] : []),
    ...(attachments.length < files ? ["attachments: a file that none describes"] : []),
    ...attachments.flatMap((attachment, index) =>
      checkLength(attachment.description, `attachments[${index}].description`, 1_024),
    ),
  ];
}

/** A bot that lets Discord parse mentions in data will one day call everybody. */
function checkMentions(mentions: Json | undefined): string[] {
  if (!isObject(mentions)) return ["allowed_mentions: absent, so everything mentions"];
  const parse = Array.isArray(mentions.parse) ? mentions.parse : [];
  return parse.length > 0 ? ["allowed_mentions.parse: not empty"] : [];
}
