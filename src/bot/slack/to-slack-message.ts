import type { types } from "@slack/bolt";
import type { Action, Block, Message, Text } from "../../message.ts";
import { assertNever } from "../../result.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { slackLimits } from "./limits.ts";
import { escapeMrkdwn } from "./slack-escape.ts";
import { richFields, richText } from "./slack-rich-text.ts";
import { nativeTable, textTable } from "./slack-table.ts";

export interface SlackMessage {
  /** For notifications and screen readers: the whole answer in plain words. */
  text: string;
  blocks: types.KnownBlock[];
}

/** A picture that Slack already holds. */
export interface SlackPicture {
  fileId: string;
  alt: string;
}

/**
 * A message within Slack's limits, every string inert. What does not fit is left out from the end,
 * buttons last, and the message says so. Without `picture` the place of the picture is empty.
 */
export function toSlackMessage(message: Message, picture: SlackPicture | null): SlackMessage {
  const tables = { left: slackLimits.tables };
  const parts = message.blocks.map((block) => ({
    kind: block.kind,
    blocks: slackBlocks(block, picture, tables),
  }));
  const placed = message.blocks.some((block) => block.kind === "image");
  if (picture !== null && !placed) parts.push({ kind: "image", blocks: imageBlocks(picture) });
  const blocks = withinLimits(parts.filter((part) => part.blocks.length > 0));
  // Slack refuses a message that says nothing at all.
  const summary = literalText(message.summary).trim() || "…";
  return {
    text: escapeMrkdwn(summary, slackLimits.text),
    blocks: blocks.length > 0 ? blocks : richBlocks(summary),
  };
}

function slackBlocks(
  block: Block,
  picture: SlackPicture | null,
  tables: { left: number },
): types.KnownBlock[] {
  switch (block.kind) {
    case "heading":
      return heading(block.text);
    case "text":
      return richBlocks(block.text);
    case "fields":
      return present(richFields(block.fields));
    case "table":
      tables.left -= 1;
      return tables.left >= 0 ? nativeTable(block) : textTable(block);
    case "chart":
      // The picture shows it. Slack's own chart block is not used: one block that it does not
      // accept refuses the whole message, and its schema is published only in parts.
      return [];
    case "image":
      return picture === null ? [] : imageBlocks(picture);
    case "context":
      return context(block.text);
    case "actions":
      return buttons(block.actions);
    default:
      return assertNever(block);
  }
}

function heading(text: string): types.KnownBlock[] {
  const shown = cutText(literalText(text).trim(), slackLimits.header);
  return shown === "" ? [] : [{ type: "header", text: plain(shown) }];
}

function richBlocks(text: Text): types.KnownBlock[] {
  return present(richText(text));
}

/** Small print. Plain text cannot carry a link or a mention, so those keep the normal size. */
function context(text: Text): types.KnownBlock[] {
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

function imageBlocks({ fileId, alt }: SlackPicture): types.KnownBlock[] {
  const alt_text = cutText(literalText(alt), slackLimits.altText) || "chart";
  return [{ type: "image", slack_file: { id: fileId }, alt_text }];
}

function buttons(actions: readonly Action[]): types.KnownBlock[] {
  // A value that was cut would ask something else, so such a button goes as a whole.
  const usable = actions.filter((action) => action.value.length <= slackLimits.buttonValue);
  const elements = usable.slice(0, slackLimits.buttons).map(button);
  const missing = actions.length - elements.length;
  const note = missing > 0 ? small(`Left out here: ${missing} of ${actions.length} buttons.`) : [];
  return elements.length === 0 ? note : [{ type: "actions", elements }, ...note];
}

function button(action: Action, index: number): types.Button {
  return {
    type: "button",
    // Slack refuses two equal ids in one block.
    action_id: `${index}:${cutText(action.id, slackLimits.actionId - 4)}`,
    text: plain(cutText(literalText(action.label), slackLimits.buttonText) || "…"),
    ...(action.value === "" ? {} : { value: action.value }),
    ...(action.style === undefined ? {} : { style: action.style }),
  };
}

interface Part {
  kind: Block["kind"];
  blocks: types.KnownBlock[];
}

function withinLimits(parts: readonly Part[]): types.KnownBlock[] {
  const kept = parts.map((part) => ({ ...part, units: unitsOf(part) }));
  const room = () => ({
    blocks: kept.reduce(
      (sum, { blocks }) => sum + blocks.length,
      kept.length < parts.length ? 1 : 0,
    ),
    units: kept.reduce((sum, { units }) => sum + units, 0),
  });
  for (let used = room(); used.blocks > slackLimits.blocks || used.units > slackLimits.allText; ) {
    const last = kept.findLastIndex((part) => part.kind !== "actions");
    kept.splice(last === -1 ? kept.length - 1 : last, 1);
    used = room();
  }
  const missing = parts.length - kept.length;
  const note = missing === 0 ? [] : small(`Left out here: ${missing} of ${parts.length} parts.`);
  return [...kept.flatMap((part) => part.blocks), ...note];
}

/** Tables have a limit of their own. */
function unitsOf({ blocks }: Part): number {
  return blocks.reduce((sum, block) => sum + (block.type === "table" ? 0 : size(block)), 0);
}

/** UTF-16 units of what a block shows, with its keys, so rather too many than too few. */
function size(block: types.KnownBlock): number {
  return JSON.stringify(block, (key, value) => (key === "value" ? undefined : value)).length;
}

function small(text: string): types.KnownBlock[] {
  return [{ type: "context", elements: [plain(text)] }];
}

function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

function present<T>(value: T | null): T[] {
  return value === null ? [] : [value];
}
