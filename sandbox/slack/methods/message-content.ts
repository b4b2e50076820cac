import { isList, isObject, type Json, type JsonObject } from "../../json.ts";
import { assignBlockIds } from "../blocks/assign-block-ids.ts";
import { checkBlocks } from "../blocks/check-blocks.ts";
import { MESSAGE_LIMITS } from "../blocks/limits.ts";
import { textLength } from "../blocks/text-length.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type Answer, refusal, refusalWithFaults } from "./method.ts";

interface Content {
  text: string;
  blocks: readonly JsonObject[];
  metadata: JsonObject | null;
}

type ReadContent = { content: Content; refusal: null } | { content: null; refusal: Answer };

interface SentContent {
  text: string;
  blocks: Json | undefined;
  metadata: Json | undefined;
  /** The most characters of the text; those of a new message when absent. */
  mostText?: number;
}

/**
 * What a message says, held against Slack's rules. Used wherever a message can come in: the posting
 * methods, the answer to a command, a response address. `where` names it in problems.
 */
export function readContent(workspace: Workspace, sent: SentContent, where: string): ReadContent {
  const { text, blocks } = sent;
  if (blocks !== undefined && !(isList(blocks) && blocks.every(isObject))) {
    return noted(workspace, where, refusal("invalid_blocks_format"));
  }
  if (text.trim() === "" && (blocks === undefined || blocks.length === 0)) {
    return noted(workspace, where, refusal("no_text"));
  }
  if (text.length > (sent.mostText ?? MESSAGE_LIMITS.text))
    return noted(workspace, where, refusal("msg_too_long"));
  const metadata = readMetadata(sent.metadata);
  if (metadata === undefined) {
    return noted(workspace, where, refusal("invalid_metadata_format"));
  }
  if (!blocks) return { content: { text, blocks: [], metadata }, refusal: null };
  const words = blocks.filter((block) => block.type !== "table" && block.type !== "data_table");
  if (textLength(words) > MESSAGE_LIMITS.blockCharacters) {
    return noted(workspace, where, refusal("msg_blocks_too_long"));
  }
  const refused = blocksRefusal(workspace, blocks, where);
  if (refused) return { content: null, refusal: refused };
  return { content: { text, blocks: assignBlockIds(blocks), metadata }, refusal: null };
}

function noted(workspace: Workspace, where: string, refused: Answer): ReadContent {
  workspace.problems.push({ where, what: String(refused.error) });
  return { content: null, refusal: refused };
}

function blocksRefusal(
  workspace: Workspace,
  blocks: readonly JsonObject[],
  where: string,
): Answer | null {
  const { faults, early } = checkBlocks(blocks, (id) => workspace.files.look(id));
  for (const fault of faults) workspace.problems.push({ where, what: `invalid_blocks: ${fault}` });
  const all = [...faults, ...early];
  return all.length > 0 ? refusalWithFaults("invalid_blocks", all) : null;
}

/** Undefined for what is no metadata; null for none. */
function readMetadata(metadata: Json | undefined): JsonObject | null | undefined {
  if (metadata === undefined) return null;
  if (!isObject(metadata)) return undefined;
  const { event_type, event_payload } = metadata;
  if (typeof event_type !== "string" || event_type === "" || !isObject(event_payload))
    return undefined;
  return metadata;
}
