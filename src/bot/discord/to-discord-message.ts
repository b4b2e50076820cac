import type { APIEmbed } from "discord.js";
import { type Block, cellText, type Message } from "../../message.ts";
import { assertNever } from "../../result.ts";
import { cutText } from "../cut-text.ts";
import { textColumns } from "../text-columns.ts";
import { type ActionRow, type ActionsLeft, discordActions } from "./discord-actions.ts";
import { escapeMarkdown, insideCode } from "./discord-escape.ts";
import { fillPages, type Pages, type Piece } from "./discord-pages.ts";
import { type Mentions, markdown } from "./discord-text.ts";
import { discordLimits } from "./limits.ts";

export interface DiscordMessage {
  content: string;
  embeds: APIEmbed[];
  components: ActionRow[];
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
  const { rows: components, left } = discordActions(actions);
  const { pages, leftOut } = fillPages(
    pieces.length > 0 ? pieces : [summaryPiece(message.summary)],
    [discordLimits.content - noteRoom, discordLimits.embedDescription - noteRoom],
  );
  const note = leftOutNote(leftOut, left);
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
    case "code":
      return code(block.text);
    case "context":
      return paragraphs(
        prefixed("-# ", oneLine(markdown(block.text, discordLimits.text, mentions))),
      );
    case "chart":
    case "image":
    case "actions":
      // Discord draws no charts; the picture is an attachment, and what can be pressed stands below all text.
      return [];
    default:
      return assertNever(block);
  }
}

function paragraph(text: string): Piece {
  return { caption: [], lines: text.split("\n"), line: "line", fenced: false, header: false };
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
    header: true,
  };
}

function code(text: string): Piece[] {
  const lines = insideCode(text)
    .trimEnd()
    .split("\n")
    .map((line) => cutText(line, codeLine));
  if (lines.join("").trim() === "") return [];
  return [{ caption: [], lines, line: "line", fenced: true, header: false }];
}

/** A longer one finds room on no page. */
const codeLine = 1_000;

/** Beyond these a line of a table is wider than a page holds. */
const tableColumns = 20;
const cellWidth = 36;

function leftOutNote({ rows, lines }: Pages["leftOut"], left: ActionsLeft): string {
  const parts = [
    counted(rows, "row"),
    counted(lines, "line"),
    counted(left.buttons, "button"),
    counted(left.menus, "menu"),
    counted(left.choices, "choice"),
  ].filter((part) => part !== "");
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
