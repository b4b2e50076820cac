import type { types } from "@slack/bolt";
import type { Block, Message, Text } from "../../message.ts";
import { assertNever } from "../../result.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { fitParts, type Part } from "./fit-parts.ts";
import { slackLimits } from "./limits.ts";
import { slackActions } from "./slack-actions.ts";
import type { SlackBlock } from "./slack-block.ts";
import { nativeChart } from "./slack-chart.ts";
import { escapeMrkdwn } from "./slack-escape.ts";
import { richCode, richFields, richText } from "./slack-rich-text.ts";
import { nativeTable, type TableRoom, tableRoom, textTable } from "./slack-table.ts";

export interface SlackMessage {
  /** For notifications and screen readers: the whole answer in plain words. */
  text: string;
  blocks: SlackBlock[];
}

/**
 * How much of Slack a message asks for. `native`: Slack's own tables and charts; `plain`: tables as
 * text and no charts, in blocks that Slack has known for years; `words`: no blocks at all.
 */
export type SlackForm = "native" | "plain" | "words";

/** A picture that Slack already holds. */
export interface SlackPicture {
  fileId: string;
  alt: string;
}

/**
 * A message within Slack's limits, every string inert. What does not fit is left out from the end,
 * and the message says so. Without `picture` a chart of Slack's own stands in its place.
 */
export function toSlackMessage(
  message: Message,
  picture: SlackPicture | null,
  form: SlackForm = "native",
): SlackMessage {
  // Slack refuses a message that says nothing at all.
  const summary = literalText(message.summary).trim() || "…";
  const text = escapeMrkdwn(summary, slackLimits.text);
  if (form === "words") return { text, blocks: [] };
  const room: Room = { ...tableRoom(), charts: slackLimits.charts };
  const parts: Part[] = message.blocks.map((block) => ({
    kind: block.kind,
    blocks: slackBlocks(block, { picture, form, room }),
  }));
  const placed = message.blocks.some((block) => block.kind === "image");
  if (picture !== null && !placed) parts.push({ kind: "image", blocks: imageBlocks(picture) });
  const blocks = fitParts(parts.filter((part) => part.blocks.length > 0));
  return { text, blocks: blocks.length > 0 ? blocks : richBlocks(summary) };
}

interface Room extends TableRoom {
  charts: number;
}

function slackBlocks(
  block: Block,
  { picture, form, room }: { picture: SlackPicture | null; form: SlackForm; room: Room },
): SlackBlock[] {
  switch (block.kind) {
    case "heading":
      return heading(block.text);
    case "text":
      return richBlocks(block.text);
    case "code":
      return richCode(block.text);
    case "fields":
      return richFields(block.fields);
    case "table":
      return form === "native" ? nativeTable(block, room) : textTable(block);
    case "chart":
      return picture === null && form === "native" ? chartInRoom(block, room) : [];
    case "image":
      return picture === null ? [] : imageBlocks(picture);
    case "context":
      return context(block.text);
    case "actions":
      return slackActions(block.actions);
    default:
      return assertNever(block);
  }
}

function chartInRoom(block: Extract<Block, { kind: "chart" }>, room: Room): SlackBlock[] {
  const blocks = room.charts > 0 ? nativeChart(block) : [];
  if (blocks.length > 0) room.charts -= 1;
  return blocks;
}

function heading(text: string): SlackBlock[] {
  const shown = cutText(literalText(text).trim(), slackLimits.header);
  return shown === "" ? [] : [{ type: "header", text: plain(shown) }];
}

function richBlocks(text: Text): SlackBlock[] {
  return present(richText(text));
}

/** Small print. Plain text cannot carry a link or a mention, so those keep the normal size. */
function context(text: Text): SlackBlock[] {
  const spans = typeof text === "string" ? [text] : text;
  if (spans.some((span) => typeof span !== "string" && "kind" in span && carries[span.kind])) {
    return richBlocks(text);
  }
  const words = spans.map((span) =>
    typeof span === "string" ? span : "text" in span ? span.text : "",
  );
  const shown = cutText(literalText(words.join("")).trim(), slackLimits.contextText);
  return shown === "" ? [] : [{ type: "context", elements: [plain(shown)] }];
}

const carries = { strong: false, code: false, link: true, mention: true } as const;

function imageBlocks({ fileId, alt }: SlackPicture): SlackBlock[] {
  const alt_text = cutText(literalText(alt), slackLimits.altText) || "chart";
  return [{ type: "image", slack_file: { id: fileId }, alt_text }];
}

function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

function present<T>(value: T | null): T[] {
  return value === null ? [] : [value];
}
