import type { Block } from "../../message.ts";
import { slackLimits } from "./limits.ts";
import { type SlackBlock, sayLeftOut, smallPrint } from "./slack-block.ts";

/** The blocks that one block of the neutral message became. */
export interface Part {
  kind: Block["kind"];
  blocks: SlackBlock[];
}

/**
 * The parts that find room in one message, in their order, and a note of how many did not. Charts go
 * first, for they repeat what is said; then what stands last. The first heading, text and table stay
 * as long as anything else is there to go, and the buttons as long as anything but those is: what is
 * worst stands first, and the first rows of a table are its worst.
 */
export function fitParts(parts: readonly Part[]): SlackBlock[] {
  const kept = parts.map((part) => ({ ...part, weight: weightOf(part) }));
  const isOver = (): boolean => {
    const notes = kept.length < parts.length ? 1 : 0;
    const blocks = kept.reduce((sum, part) => sum + part.blocks.length, notes);
    const weight = kept.reduce((sum, part) => sum + part.weight, 0);
    return blocks > slackLimits.blocks || weight > slackLimits.allText;
  };
  while (isOver()) kept.splice(leastOf(kept), 1);
  const note = smallPrint(sayLeftOut([parts.length - kept.length, "part"]));
  return [...kept.flatMap(({ blocks }) => blocks), ...note];
}

/** The place of the part to go next. */
function leastOf(parts: readonly Part[]): number {
  const chart = parts.findLastIndex(({ kind }) => kind === "chart");
  if (chart !== -1) return chart;
  const isFirst = (part: Part): boolean =>
    headline.has(part.kind) && parts.find(({ kind }) => kind === part.kind) === part;
  const rest = parts.findLastIndex((part) => part.kind !== "actions" && !isFirst(part));
  if (rest !== -1) return rest;
  const buttons = parts.findLastIndex(({ kind }) => kind === "actions");
  return buttons === -1 ? parts.length - 1 : buttons;
}

const headline: ReadonlySet<Block["kind"]> = new Set(["heading", "text", "table"]);

/** Native tables have limits of their own. */
function weightOf({ blocks }: Part): number {
  return blocks.reduce(
    (sum, block) =>
      sum + (block.type === "table" || block.type === "data_table" ? 0 : weigh(block)),
    0,
  );
}

/** UTF-16 units of what a block shows and of its structure, so rather too many than too few. */
function weigh(node: unknown): number {
  if (typeof node === "string") return node.length;
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + weigh(item), 0);
  if (typeof node !== "object" || node === null) return 1;
  return Object.entries(node).reduce(
    (sum, [key, value]) => sum + (unseen.has(key) ? 0 : key.length + weigh(value)),
    0,
  );
}

/** What a button or a choice sends and is called by is seen by nobody. */
const unseen = new Set(["value", "action_id"]);
