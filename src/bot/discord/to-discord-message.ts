import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import { type Action, type Block, cellText, type Message } from "../../message.ts";
import { assertNever } from "../../result.ts";
import { textColumns } from "../text-columns.ts";
import { escapeMarkdown, insideCode } from "./discord-escape.ts";
import { fillPages, type Pages, type Piece } from "./discord-pages.ts";
import { type Mentions, markdown } from "./discord-text.ts";
import { discordLimits } from "./limits.ts";

export interface DiscordMessage {
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  /** Nobody is called but the roles that the message names as mentions. */
  allowed_mentions: { parse: []; roles: string[] };
}

/**
 * A message within Discord's limits, every string inert. What finds no room in the content goes on
 * in an embed; what finds none there either is left out from the end, and the message says so. The
 * picture is an attachment, so its block is nothing here; Discord shows it below the words.
 */
export function toDiscordMessage(message: Message): DiscordMessage {
  const mentions: Mentions = { roles: new Set() };
  const pieces = message.blocks.flatMap((block) => pieceOf(block, mentions));
  const actions = message.blocks.flatMap((block) =>
    block.kind === "actions" ? block.actions : [],
  );
  const components = buttonRows(actions);
  const buttonsLeft = actions.length - components.flatMap((row) => row.components).length;
  const { pages, leftOut } = fillPages(
    pieces.length > 0 ? pieces : [summaryPiece(message.summary)],
    [discordLimits.content - noteRoom, discordLimits.embedDescription - noteRoom],
  );
  const note = leftOutNote(leftOut, buttonsLeft);
  const [content = "", more = ""] = pages;
  const description = more === "" ? "" : withNote(more, note);
  return {
    content: more === "" ? withNote(content, note) : content,
    embeds: description === "" ? [] : [{ description }],
    components,
    allowed_mentions: { parse: [], roles: [...mentions.roles].slice(0, 100) },
  };
}

function pieceOf(block: Block, mentions: Mentions): Piece[] {
  switch (block.kind) {
    case "heading":
      return paragraphs(
        prefixed("## ", oneLine(escapeMarkdown(block.text, discordLimits.heading))),
      );
    case "text":
      return paragraphs(markdown(block.text, discordLimits.text, mentions));
    case "fields":
      return paragraphs(block.fields.map((field) => fieldLine(field, mentions)).join("\n"));
    case "table":
      return [table(block)];
    case "context":
      return paragraphs(
        prefixed("-# ", oneLine(markdown(block.text, discordLimits.text, mentions))),
      );
    case "chart":
    case "image":
    case "actions":
      // Discord draws no charts; the picture is an attachment, and buttons stand below all text.
      return [];
    default:
      return assertNever(block);
  }
}

function paragraph(text: string): Piece {
  return { caption: [], lines: text.split("\n"), line: "line", fenced: false };
}

/** Discord refuses a message that says nothing at all. */
function summaryPiece(summary: string): Piece {
  return paragraph(escapeMarkdown(summary, discordLimits.text).trim() || "…");
}

function paragraphs(text: string): Piece[] {
  return text.trim() === "" ? [] : [paragraph(text)];
}

function prefixed(mark: string, text: string): string {
  return text.trim() === "" ? "" : `${mark}${text}`;
}

function fieldLine(
  field: Extract<Block, { kind: "fields" }>["fields"][number],
  mentions: Mentions,
) {
  const label = oneLine(escapeMarkdown(field.label, discordLimits.heading));
  const value = oneLine(markdown(field.value, fieldValue, mentions));
  return label.trim() === "" ? value : `**${label}** ${value}`;
}

const fieldValue = 500;

function table(block: Extract<Block, { kind: "table" }>): Piece {
  const caption = oneLine(escapeMarkdown(block.caption, discordLimits.heading));
  const columns = block.columns.map((column) => ({ ...column, label: insideCode(column.label) }));
  const rows = block.rows.map((row) => row.map((cell) => insideCode(cellText(cell))));
  return {
    caption: caption.trim() === "" ? [] : [`**${caption}**`],
    lines: textColumns(columns.slice(0, tableColumns), rows, cellWidth),
    line: "row",
    fenced: true,
  };
}

/** Beyond these a line of a table is wider than a page holds. */
const tableColumns = 20;
const cellWidth = 36;

function buttonRows(actions: readonly Action[]): DiscordMessage["components"] {
  const buttons = actions
    .map(button)
    // A value that was cut would ask something else, so such a button goes as a whole.
    .filter(({ custom_id }) => custom_id.length <= discordLimits.customId)
    .slice(0, discordLimits.buttonsInRow * discordLimits.buttonRows);
  const rows = Math.ceil(buttons.length / discordLimits.buttonsInRow);
  return Array.from({ length: rows }, (_, row) => {
    const first = row * discordLimits.buttonsInRow;
    const components = buttons.slice(first, first + discordLimits.buttonsInRow);
    return { type: ComponentType.ActionRow, components };
  });
}

function button(action: Action, index: number): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: styles[action.style ?? "plain"],
    // Discord refuses two equal ids in one message.
    custom_id: `${index}:${action.id}:${action.value}`,
    label:
      insideCode(action.label).trim().slice(0, discordLimits.buttonLabel).toWellFormed() || "…",
  };
}

const styles = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
} as const;

/** What one of our buttons carries; null for another's. */
export function actionOfButton(customId: string): { action: string; value: string } | null {
  const [, action, value] = /^\d+:([^:]*):(.*)$/s.exec(customId) ?? [];
  return action === undefined || value === undefined ? null : { action, value };
}

function leftOutNote({ rows, lines }: Pages["leftOut"], buttons: number): string {
  const parts = [counted(rows, "row"), counted(lines, "line"), counted(buttons, "button")].filter(
    (part) => part !== "",
  );
  return parts.length === 0 ? "" : `-# Left out here: ${parts.join(", ")}.`;
}

function counted(count: number, thing: string): string {
  return count === 0 ? "" : `${count} more ${thing}${count === 1 ? "" : "s"}`;
}

const noteRoom = 100;

function withNote(page: string, note: string): string {
  return note === "" ? page : `${page}\n${note}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
