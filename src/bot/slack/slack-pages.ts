/** A list that Slack gives page by page. */
import { z } from "zod";
import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { SlackCall } from "./slack-call.ts";

/** Of each page's answer. */
export const paged = {
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
};

type Paged = z.infer<z.ZodObject<typeof paged>>;

/** Fault `too_much_to_read` where there are more than `most` pages. */
export async function slackPages<Page extends Paged>(
  call: SlackCall,
  method: string,
  given: Readonly<Record<string, unknown>>,
  shape: z.ZodType<Page>,
  most = Number.POSITIVE_INFINITY,
): Promise<Result<Page[], ChatFault>> {
  const pages: Page[] = [];
  let cursor = "";
  while (pages.length < most) {
    const read = await call(method, cursor === "" ? given : { ...given, cursor }, shape);
    if (!read.ok) return read;
    pages.push(read.value);
    cursor = read.value.response_metadata?.next_cursor ?? "";
    if (cursor === "") return ok(pages);
  }
  return failed({ kind: "refused", code: "too_much_to_read" });
}
