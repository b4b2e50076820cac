import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { ChatFault, Picture } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { slackLimits } from "./limits.ts";
import type { SlackCall } from "./slack-call.ts";
import type { SlackPicture } from "./to-slack-message.ts";
import { uploadFile } from "./upload-file.ts";

/**
 * Gives Slack the picture, unshared, and waits until a message may show it: its type is known only
 * some time after the upload, and a message that names it earlier is refused.
 * Fault `refused`/`picture_not_ready` after about 12 seconds.
 */
export async function uploadPicture(
  call: SlackCall,
  picture: Picture,
): Promise<Result<SlackPicture, ChatFault>> {
  const alt_txt = cutText(literalText(picture.alt), slackLimits.fileAltText);
  const file = { name: picture.filename, bytes: picture.png };
  // `alt_txt` is what the API knows; the client's own upload sends `alt_text`, which it ignores.
  const uploaded = await uploadFile(call, file, { alt_txt }, {});
  if (!uploaded.ok) return uploaded;
  const { fileId: file_id } = uploaded.value;
  return (await untilReady(call, file_id)) ?? ok({ fileId: file_id, alt: picture.alt });
}

async function untilReady(call: SlackCall, fileId: string) {
  const shape = z.object({ file: z.object({ mimetype: z.string().optional() }) });
  for (const delayMs of looksAfterMs) {
    await wait(delayMs);
    const info = await call("files.info", { file: fileId }, shape);
    if (!info.ok) return info;
    if (info.value.file.mimetype) return null;
  }
  return failed({ kind: "refused" as const, code: "picture_not_ready" });
}

const looksAfterMs = [50, 150, 300, 600, 1_200, 2_400, 3_600, 3_600];
