import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { ChatFault, Picture } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { networkFault } from "../network-fault.ts";
import { slackLimits } from "./limits.ts";
import { requestTimeoutMs, type SlackCall } from "./slack-call.ts";
import { faultOfStatus } from "./slack-fault.ts";
import type { SlackPicture } from "./to-slack-message.ts";

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
  const place = await call(
    "files.getUploadURLExternal",
    // `alt_txt` is what the API knows; the client's own upload sends `alt_text`, which it ignores.
    { filename: picture.filename, length: picture.png.byteLength, alt_txt },
    z.object({ upload_url: z.url(), file_id: z.string() }),
  );
  if (!place.ok) return place;
  const { upload_url, file_id } = place.value;
  const sent = await sendBytes(upload_url, picture.png);
  if (!sent.ok) return sent;
  const completed = await call(
    "files.completeUploadExternal",
    { files: [{ id: file_id, title: picture.filename }] },
    z.object({}),
  );
  if (!completed.ok) return completed;
  return (await untilReady(call, file_id)) ?? ok({ fileId: file_id, alt: picture.alt });
}

async function sendBytes(url: string, png: Uint8Array): Promise<Result<null, ChatFault>> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: Uint8Array.from(png),
      redirect: "error",
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    await response.arrayBuffer();
    return response.ok ? ok(null) : failed(faultOfStatus(response.status));
  } catch (error) {
    return failed(networkFault(error));
  }
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
