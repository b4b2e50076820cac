/** What was posted where and when, and what is next. Never a figure. */
import type { Block, Message } from "../message.ts";
import type { WeekStart } from "../metrics/index.ts";
import { capital } from "./capital.ts";
import { reportName, scheduleName } from "./report-name.ts";
import { type ListedLoad, sayLoad } from "./say-load.ts";
import { type Hour, type ListedPost, sayPost } from "./say-post.ts";
import { sayInstant, weekName } from "./say-week.ts";
import { shortId } from "./short-id.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";
import { figureless } from "./without-figures.ts";

export interface ListedRuns {
  /** Null while nothing has ever been due. */
  week: WeekStart | null;
  posts: readonly ListedPost[];
  /** Only those of this channel are listed; null: all are. */
  onlyIn: string | null;
  /** The latest load of the sources; null where none has been due. */
  load: ListedLoad | null;
  next: readonly { report: string; at: string }[];
}

export function tellRuns({ week, posts, onlyIn, load, next }: ListedRuns, hour: Hour): Message {
  const title = week === null ? "Nothing has been due yet" : `Posts for ${weekName(week)}`;
  const where = onlyIn === null ? [] : ["Only this channel's; operators see all."];
  const none = posts.length === 0 && week !== null ? ["There are none."] : [];
  const loaded = load === null ? [] : [sayLoad(load, hour)];
  const notes = [...none, ...where, ...loaded, ...sayNext(next, hour)];
  const said = posts.map(
    (post) => `${capital(scheduleName(post.report))} in ${post.channel}: ${sayPost(post, hour)}.`,
  );
  const table = posts.length === 0 ? [] : [tableOf(title, columnsOf(hour), posts)];
  return figureless({
    summary: [`${title}.`, ...said, ...notes].join(" "),
    blocks: [
      { kind: "heading", text: title },
      ...table,
      ...notes.map((text): Block => ({ kind: "context", text })),
    ],
  });
}

function sayNext(next: ListedRuns["next"], { timeZone, voice }: Hour): string[] {
  if (next.length === 0) return [];
  const said = next.map(
    ({ report, at }) => `${scheduleName(report)} ${sayInstant(at, timeZone, voice)}`,
  );
  return [`Next: ${said.join("; ")}.`];
}

function columnsOf(hour: Hour): TellingColumn<ListedPost>[] {
  return [
    { label: "id", align: "left", say: ({ id }) => shortId(id) },
    { label: "what", align: "left", say: ({ report }) => scheduleName(report) },
    { label: "where", align: "left", say: ({ channel }) => channel },
    { label: "how it stands", align: "left", say: (post) => sayPost(post, hour) },
  ];
}

/** After an order; `isToConfirm`: nothing has been done yet, and may be wrong to do. */
export function tellOrder(
  order: "resend" | "skip",
  { id, report, period, channel }: Pick<ListedPost, "id" | "report" | "period" | "channel">,
  isToConfirm: boolean,
  prefix: string,
): Message {
  const name = reportName(report, period);
  const text = isToConfirm
    ? `Nobody knows whether ${name} stands in ${channel}: look there first. If it does not, post it by: ${prefix} runs resend ${shortId(id)} again`
    : order === "resend"
      ? `${capital(name)} is posted in ${channel} within a few seconds.`
      : `${capital(name)} is not posted in ${channel}.`;
  return figureless({ summary: text, blocks: [{ kind: "text", text }] });
}

/** Instants as ISO, ids whole. */
export function runsJson({ week, posts, load, next }: ListedRuns, { now }: Hour): unknown {
  const after = (ms: number) => now.add({ milliseconds: Math.round(ms) });
  return {
    week: week === null ? null : weekName(week),
    posts: posts.map(({ waitingMs, nextTryMs, isBuilt, awaitsParent, dueAt, sentAt, ...post }) => ({
      ...post,
      due_at: dueAt,
      sent_at: sentAt,
      built: isBuilt,
      awaits_parent: awaitsParent,
      waiting_since:
        waitingMs === null ? null : now.subtract({ milliseconds: Math.round(waitingMs) }),
      next_try: nextTryMs === null ? null : after(nextTryMs),
    })),
    load: load && {
      due_at: load.dueAt,
      done: load.isDone,
      failures: load.failures,
      next_try: load.isDone ? null : after(load.nextTryMs),
    },
    next,
  };
}
