/** What is due, by the clock and by our own tables; jobs do it, and any of it may be cut off anywhere. */
import type { JobKind, Jobs } from "../jobs/index.ts";
import { buildRun } from "./build-run.ts";
import { computeRest, weekOfRest } from "./compute-rest.ts";
import { channelsToPostTo } from "./delivery-store.ts";
import { editIn } from "./edit-message.ts";
import { channelsToEditIn } from "./edit-store.ts";
import { keepNotices } from "./keep-notices.ts";
import { isLoadToDo, loadDue } from "./load-run.ts";
import { noteTick } from "./note-tick.ts";
import { postTo } from "./post-delivery.ts";
import type { ReportContext } from "./report-context.ts";
import { claimSignalLinks } from "./report-signals.ts";
import { isToCompare, reviseReports } from "./revise-reports.ts";
import { reportsToBuild } from "./run-store.ts";
import { claimDue } from "./schedules.ts";
import { withdrawEverywhere } from "./withdraw-figures.ts";

const LOAD = "load";
const BUILD = "build";
const REST = "rest";
const POST = "post";
const REVISE = "revise";
/** Looks at all channels in which something stands; it has one key. */
export const WITHDRAW = "withdraw";

/** A slow channel holds up one of so many; the others wait for no longer than one message of it takes. */
const CHANNELS_AT_ONCE = 8;

/** Building has the report for a key, posting the channel, so that no channel waits for another. */
export function reportJobs(context: ReportContext, now: () => Temporal.Instant): JobKind[] {
  return [
    { name: LOAD, atOnce: 1, work: (_, stopping) => loadDue(context, now(), stopping) },
    { name: BUILD, atOnce: 1, work: (report) => buildRun(context, report, now()) },
    { name: REST, atOnce: 1, work: (_, stopping) => computeRest(context, now(), stopping) },
    { name: REVISE, atOnce: 1, work: () => reviseReports(context, now()) },
    {
      name: WITHDRAW,
      atOnce: 1,
      work: (_, stopping) => withdrawEverywhere(context, now, stopping),
    },
    {
      name: POST,
      atOnce: CHANNELS_AT_ONCE,
      work: async (channel, stopping) => {
        await postTo(context, channel, now, stopping);
        await editIn(context, channel, now, stopping);
      },
    },
  ];
}

/**
 * The clock's tick: claims what is due and asks for what there is to do, again at each tick until it
 * is done. What fails of it does not keep the rest from it; the first failure is thrown at the end.
 */
export async function reportDue(
  context: ReportContext,
  jobs: Pick<Jobs, "ask">,
  now: () => Temporal.Instant,
): Promise<void> {
  const { db } = context.metrics;
  const steps: readonly (() => Promise<unknown>)[] = [
    () => noteTick(db),
    () => claimDue(context, now()),
    async () => {
      if (await isLoadToDo(context, now())) await jobs.ask(LOAD, LOAD);
    },
    async () => {
      for (const report of await reportsToBuild(db, now())) await jobs.ask(BUILD, report);
    },
    async () => {
      if ((await weekOfRest(db)) !== null) await jobs.ask(REST, REST);
    },
    async () => {
      if (await isToCompare(db)) await jobs.ask(REVISE, REVISE);
    },
    () => claimSignalLinks(context, now()),
    () => keepNotices(context, now()),
    async () => {
      const platforms = [...context.ports.keys()];
      const [post, edit] = [channelsToPostTo, channelsToEditIn];
      const channels = new Set([...(await post(db, platforms)), ...(await edit(db, platforms))]);
      for (const channel of channels) await jobs.ask(POST, channel);
    },
  ];
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
