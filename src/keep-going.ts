/** What the program does without being asked, each in a loop of its own; each gives what stops it. */

import type { ChatConnection, ChatHandlers } from "./chat-connection.ts";
import type { Clock } from "./clock.ts";
import { pruneInbox, type StoredInbox } from "./commands/index.ts";
import type { Database, Sql } from "./db/index.ts";
import type { Jobs } from "./jobs/index.ts";
import { errorFields, type Log } from "./log.ts";
import { pruneAudit, pruneStandingAnswers } from "./policy/index.ts";
import type { Pulse } from "./pulse.ts";
import { repeat } from "./repeat.ts";
import { type ReportContext, reportDue, WITHDRAW } from "./reports/index.ts";
import { settleLeft } from "./settle-inbox.ts";
import { clockWatch } from "./watch-clocks.ts";

type Stop = () => Promise<void>;

/** What is due by the clock, and what there is to do; jobs do it. */
export function startTicking(context: ReportContext, jobs: Jobs, ticks: Pulse, clock: Clock): Stop {
  const { log } = context;
  return repeat(
    async () => {
      const began = performance.now();
      await reportDue(context, jobs, clock);
      ticks.beat();
      log.debug("ticked", { ms: Math.round(performance.now() - began) });
    },
    { everyMs: 1_000, retryMs: 2_000, longestRetryMs: 8_000 },
    (error, failures) => log.error("tick_failed", { failures, ...errorFields(error) }),
  );
}

/** Figures stand nowhere for a minute where others have come to read, whatever the platforms tell of that. */
export function startWithdrawing(jobs: Jobs, log: Log): Stop {
  return repeat(
    () => jobs.ask(WITHDRAW, WITHDRAW),
    { everyMs: 15_000, retryMs: 5_000, longestRetryMs: 15_000 },
    (error, failures) => log.error("not_asked_to_withdraw", { failures, ...errorFields(error) }),
  );
}

/** Not where the program's clock plays another time on purpose. */
export function startWatchingClocks(sql: Sql, clock: Clock, log: Log): Stop {
  return repeat(
    clockWatch(sql, clock, log),
    { everyMs: 60_000, retryMs: 60_000, longestRetryMs: 60_000 },
    (error) => log.debug("clocks_not_read", errorFields(error)),
  );
}

/** Old ids go out of the inbox, and old entries out of the audit. */
export function startPruning(work: Database, log: Log): Stop {
  return repeat(
    async () => {
      log.info("inbox_pruned", { count: await pruneInbox(work) });
      log.info("audit_pruned", { count: await pruneAudit(work) });
      log.info("answers_pruned", { count: await pruneStandingAnswers(work) });
    },
    { everyMs: 24 * HOUR_MS, retryMs: 60_000, longestRetryMs: HOUR_MS },
    (error) => log.warn("not_pruned", errorFields(error)),
  );
}

/** Says, for as long as questions are under way here, that they are. The last word is said at the end. */
export function startHolding(inbox: StoredInbox, log: Log): Stop {
  const onFailure = (error: unknown): void => log.warn("inbox_not_renewed", errorFields(error));
  const rhythm = { everyMs: 10_000, retryMs: 5_000, longestRetryMs: 10_000 };
  const stop = repeat(inbox.renew, rhythm, onFailure);
  return async () => {
    await stop();
    await inbox.renew().catch(onFailure);
  };
}

/** What was left lying is taken up beside what is asked now, at the start and whenever there is any. */
export function startSettling(
  inbox: StoredInbox,
  handlers: ChatHandlers,
  open: readonly ChatConnection[],
  log: Log,
): Stop {
  return repeat(
    (stopping) => settleLeft(inbox, handlers, open, log, stopping),
    { everyMs: 5_000, retryMs: 5_000, longestRetryMs: 60_000 },
    (error, failures) => log.warn("inbox_not_settled", { failures, ...errorFields(error) }),
  );
}

const HOUR_MS = 60 * 60 * 1_000;
