import { typeOfName } from "../../http/download.ts";
import type { JsonObject } from "../../json.ts";
import type { StoredFile } from "./file-store.ts";
import { imageFacts } from "./image-facts.ts";
import type { Workspace } from "./workspace.ts";

/** A file as files.info shows it: until Slack has settled it, its type and sizes are not known. */
export function filePayload(workspace: Workspace, file: StoredFile): JsonObject {
  const ready = workspace.files.isReady(file);
  const facts = ready && file.bytes ? imageFacts(file.bytes) : null;
  const known = typeOfName(file.name);
  const created = Math.floor(file.createdAt.getTime() / 1000);
  const path = `/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: ready ? (facts?.mimetype ?? (known || "application/octet-stream")) : "",
    filetype: ready ? (facts?.filetype ?? (known === "text/csv" ? "csv" : "binary")) : "",
    user: workspace.bot.userId,
    size: file.bytes?.length ?? file.length,
    mode: "hosted",
    is_external: false,
    is_public: file.shares.length > 0,
    alt_txt: file.altText,
    url_private: path,
    ...(facts ? { original_w: facts.width, original_h: facts.height, thumb_360: path } : {}),
    channels: file.shares.map((share) => share.channel),
    ...(workspace.files.showsShares(file) ? { shares: { public: sharesByChannel(file) } } : {}),
  };
}

function sharesByChannel(file: StoredFile): JsonObject {
  const channels = new Set(file.shares.map((share) => share.channel));
  return Object.fromEntries(
    [...channels].map((channel) => [
      channel,
      file.shares.filter((share) => share.channel === channel).map((share) => ({ ts: share.ts })),
    ]),
  );
}
