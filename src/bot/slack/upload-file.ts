import { z } from "zod";
import type { ChatFault, HandedFile } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { networkFault } from "../network-fault.ts";
import { requestTimeoutMs, type SlackCall } from "./slack-call.ts";
import { faultOfStatus } from "./slack-fault.ts";

/**
 * Gives Slack a file, in its three steps. `about`: what it is, for the first; `share`: where it goes,
 * for the last. Without a place it is nobody's but the bot's, until a message shows it.
 */
export async function uploadFile(
  call: SlackCall,
  { name, bytes }: HandedFile,
  about: { alt_txt?: string },
  share: { channel_id?: string; thread_ts?: string; initial_comment?: string },
): Promise<Result<{ fileId: string }, ChatFault>> {
  const place = await call(
    "files.getUploadURLExternal",
    { filename: name, length: bytes.byteLength, ...about },
    z.object({ upload_url: z.url(), file_id: z.string() }),
  );
  if (!place.ok) return place;
  const { upload_url, file_id } = place.value;
  const sent = await sendBytes(upload_url, bytes);
  if (!sent.ok) return sent;
  const files = [{ id: file_id, title: name }];
  const completed = await call("files.completeUploadExternal", { files, ...share }, z.object({}));
  return completed.ok ? ok({ fileId: file_id }) : completed;
}

async function sendBytes(url: string, bytes: Uint8Array): Promise<Result<null, ChatFault>> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: Uint8Array.from(bytes),
      redirect: "error",
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    await response.arrayBuffer();
    return response.ok ? ok(null) : failed(faultOfStatus(response.status));
  } catch (error) {
    return failed(networkFault(error));
  }
}
