/** What an operator orders of one post: to send it after all, or to let it be. */
import { z } from "zod";
import type { Database, Sql } from "../db/index.ts";
import { writeAudit } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";

export interface Order {
  kind: "resend" | "skip";
  /** The post's id, or its beginning. */
  id: string;
  /** Also where it may stand already. */
  isSure: boolean;
  /** Who orders it, and where, for the audit. */
  who: string;
  channel: string | null;
  now: Temporal.Instant;
}

const found = z.object({
  id: z.string(),
  report: z.string(),
  period: z.string(),
  channel: z.string(),
  state: z.enum(["pending", "sending", "sent", "ambiguous", "dead"]),
  fault: z.string().nullable(),
  isLeased: z.boolean(),
  fence: z.coerce.number(),
});
type FoundPost = z.infer<typeof found>;

/** `unsure`: it may stand there already, and nothing was done. */
export type Ordered = { kind: "done" | "unsure"; post: FoundPost };

export type OrderFault =
  | { kind: "no_such_post"; id: string; isShort: boolean }
  | { kind: "post_left"; id: string; why: "sent" | "being_sent" | "superseded" | "done" };

/** Fenced: whoever holds a lease from before can neither post nor record any more. The audit has it. */
export async function orderPost(db: Database, order: Order): Promise<Result<Ordered, OrderFault>> {
  return db.transaction(async (sql) => {
    const posts = await postsCalled(sql, order.id);
    const [post] = posts;
    if (post === undefined || posts.length > 1)
      return failed({ kind: "no_such_post", id: order.id, isShort: posts.length > 1 });
    const left = whyLeft(order, post);
    if (left !== null) return failed({ kind: "post_left", id: order.id, why: left });
    if (order.kind === "resend" && post.state === "ambiguous" && !order.isSure)
      return ok({ kind: "unsure", post });
    // Leased since it was looked at: whoever has it is sending it.
    if (!(await change(sql, order, post)))
      return failed({ kind: "post_left", id: order.id, why: "being_sent" });
    const { who, channel, now: at } = order;
    const what = { by: `runs ${order.kind}`, delivery: post.id, metrics: [] };
    await writeAudit(sql, { kind: "ordered", at, who, channel, what, code: null });
    return ok({ kind: "done", post });
  });
}

function postsCalled(sql: Sql, id: string): Promise<FoundPost[]> {
  return sql.rows(
    found,
    `SELECT d.id, r.report, r.period::text AS period, d.channel, d.state, d.fault, d.fence,
            d.state = 'sending' AND d.lease_until > now() AS "isLeased"
     FROM delivery d JOIN run r ON r.id = d.run_id
     WHERE starts_with(d.id, $1) ORDER BY d.id LIMIT 2`,
    [id],
  );
}

/** Why nothing is to be done about it; null: it can be done. */
function whyLeft(
  { kind }: Order,
  { state, fault, isLeased }: FoundPost,
): Extract<OrderFault, { kind: "post_left" }>["why"] | null {
  if (state === "sent") return "sent";
  if (isLeased) return "being_sent";
  if (fault === "superseded") return "superseded";
  return kind === "skip" && fault === "skipped" ? "done" : null;
}

/** What an operator is sure of is not looked up again: the place could not be read. */
async function change(
  sql: Sql,
  { kind }: Order,
  { id, fence, state }: FoundPost,
): Promise<boolean> {
  const set =
    kind === "skip"
      ? "state = 'dead', fault = 'skipped', ended_at = now()"
      : `state = 'pending', fault = NULL, attempts = 0, ended_at = NULL, sent_at = NULL,
         in_doubt = in_doubt AND state <> 'ambiguous' OR state = 'sending'`;
  return (
    (await sql.run(
      `UPDATE delivery SET ${set}, fence = fence + 1, waits_for = NULL, lease_until = NULL, next_try_at = NULL
       WHERE id = $1 AND fence = $2 AND state = $3`,
      [id, fence, state],
    )) > 0
  );
}
