import type { JsonObject } from "../../json.ts";
import { checkActions } from "./check-actions.ts";
import { checkChart } from "./check-chart.ts";
import { checkContext } from "./check-context.ts";
import { checkDataTable } from "./check-data-table.ts";
import { checkDivider } from "./check-divider.ts";
import { checkHeader } from "./check-header.ts";
import { checkImage } from "./check-image.ts";
import { checkInput } from "./check-input.ts";
import { checkRichText } from "./check-rich-text.ts";
import { checkSection } from "./check-section.ts";
import { checkTable } from "./check-table.ts";
import { BLOCK_LIMITS, MESSAGE_LIMITS } from "./limits.ts";
import { Report } from "./report.ts";
import { type Check, checkByType, checkString } from "./shape.ts";

/** Every block this Slack knows. Another is a fault, and a problem for whoever reads them. */
const BLOCKS: Readonly<Record<string, Check>> = {
  header: checkHeader,
  section: checkSection,
  context: checkContext,
  divider: checkDivider,
  image: checkImage,
  actions: checkActions,
  input: checkInput,
  table: checkTable,
  data_table: checkDataTable,
  data_visualization: checkChart,
  rich_text: checkRichText,
};

interface CheckedBlocks {
  /** Each with its json-pointer, as Slack words them. */
  faults: string[];
  /** Files that are not settled yet. */
  early: string[];
}

/**
 * Holds the blocks of a message, or of a view, against Slack's rules. `isFileReady` is asked once
 * for each picture of Slack's own.
 */
export function checkBlocks(
  blocks: readonly JsonObject[],
  isFileReady: (id: string) => boolean,
  place: { root: string; most: number } = { root: "/blocks", most: MESSAGE_LIMITS.blocks },
): CheckedBlocks {
  const report = new Report(isFileReady);
  if (blocks.length > place.most)
    report.fault(place.root, `no more than ${place.most} items allowed`);
  for (const [index, block] of blocks.entries()) {
    const at = `${place.root}/${index}`;
    report.actionIds.clear();
    checkBlockId(block, at, report);
    checkByType(block, at, report, BLOCKS);
  }
  checkCount(blocks, "table", MESSAGE_LIMITS.tables, place.root, report);
  checkCount(blocks, "data_visualization", MESSAGE_LIMITS.dataVisualizations, place.root, report);
  return { faults: report.faults, early: report.early };
}

function checkBlockId(block: JsonObject, at: string, report: Report): void {
  checkString(block.block_id, `${at}/block_id`, report, { least: 1, most: BLOCK_LIMITS.blockId });
  if (typeof block.block_id !== "string") return;
  if (report.blockIds.has(block.block_id)) report.fault(`${at}/block_id`, "duplicate block_id");
  report.blockIds.add(block.block_id);
}

function checkCount(
  blocks: readonly JsonObject[],
  type: string,
  most: number,
  root: string,
  report: Report,
): void {
  const places = [...blocks.entries()]
    .filter(([, block]) => block.type === type)
    .map(([index]) => index);
  for (const index of places.slice(most)) {
    report.fault(
      `${root}/${index}`,
      `only ${most} ${type} block${most === 1 ? "" : "s"} allowed a message`,
    );
  }
}
