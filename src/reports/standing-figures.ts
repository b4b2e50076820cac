/** What stands in a channel, reports and answers alike, each with how it is found and how that it is gone is kept. */
import type { Sql } from "../db/index.ts";
import { type ChannelRef, type ChatPort, channelName, type MessageRef } from "../message.ts";
import {
  forgetStandingAnswer,
  type StandingAnswer,
  standingAnswers,
  writeAudit,
} from "../policy/index.ts";
import { metricsOf } from "./audit-report.ts";
import { inThread } from "./place-of.ts";
import { markWithdrawn, type StandingReport, standingReports } from "./standing-store.ts";
import { readTold } from "./told.ts";

export interface StandingFigure {
  /** Null: it may stand there, and `lookUp` tells as what. */
  ref: MessageRef | null;
  lookUp(port: ChatPort): Promise<MessageRef | "absent" | "unreadable">;
  /** It stands there no more: written once, and in the audit unless it was found never to have stood there. */
  settle(sql: Sql, code: string, now: Temporal.Instant, hasStood: boolean): Promise<void>;
}

export async function figuresIn(sql: Sql, channel: ChannelRef): Promise<StandingFigure[]> {
  const name = channelName(channel);
  return [
    ...(await standingAnswers(sql, name)).map((answer) => ofAnswer(channel, answer)),
    ...(await standingReports(sql, name)).map((report) => ofReport(channel, report)),
  ];
}

function ofAnswer(channel: ChannelRef, answer: StandingAnswer): StandingFigure {
  const { messageId, thread, asker, metrics } = answer;
  const name = channelName(channel);
  return {
    ref: { ...inThread(channel, thread), id: messageId },
    lookUp: async () => "absent",
    settle: async (sql, code, at) => {
      if (!(await forgetStandingAnswer(sql, name, messageId))) return;
      const what = { by: "question", metrics };
      await writeAudit(sql, { at, kind: "withdrawn", who: asker, channel: name, what, code });
    },
  };
}

function ofReport(channel: ChannelRef, report: StandingReport): StandingFigure {
  const { id, messageId, thread, since } = report;
  const name = channelName(channel);
  return {
    ref: messageId === null ? null : { ...inThread(channel, thread), id: messageId },
    lookUp: async (port) => {
      const seen = await port.find(inThread(channel, thread), id, Temporal.Instant.from(since));
      return seen.kind === "found" ? seen.ref : seen.kind;
    },
    settle: async (sql, code, at, hasStood) => {
      if (!(await markWithdrawn(sql, id, code)) || !hasStood) return;
      const told = readTold(report.told);
      const metrics = told === null ? [] : metricsOf(told).map(({ metric }) => metric);
      const [who, what] = [`report:${report.report}`, { by: "post", metrics }];
      await writeAudit(sql, { at, kind: "withdrawn", who, channel: name, what, code });
    },
  };
}
