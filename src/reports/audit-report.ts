/** What of the reports goes into the audit. */
import { auditLastingRefusal, type ReportCaller, writeAudit } from "../policy/index.ts";
import { assertNever } from "../result.ts";
import { isShown } from "./message-for.ts";
import type { ReportContext } from "./report-context.ts";
import type { Told } from "./told.ts";

export interface ReportEntry {
  report: string;
  /** `slack:C0ALL`. */
  channel: string;
  by: "post" | "edit";
  at: Temporal.Instant;
}

/** To be called before the message goes out. Throws when it tells a sensitive metric and that cannot be written. */
export async function auditReport(
  context: ReportContext,
  entry: ReportEntry,
  told: Told,
  reader: ReportCaller,
): Promise<void> {
  const metrics = metricsOf(told).filter(
    (about) =>
      (about.sensitive || context.metrics.catalogue.get(about.metric)?.sensitive === true) &&
      isShown(context, about, reader),
  );
  if (metrics.length === 0) return;
  await writeAudit(context.metrics.db, {
    ...fields(entry, metrics),
    kind: "disclosed",
    code: null,
  });
}

/** It is refused at every attempt until somebody mends the channel; the audit has it once a day. */
export function auditReportRefused(
  context: ReportContext,
  entry: ReportEntry,
  told: Told,
  code: string,
): Promise<void> {
  const refusal = { ...fields(entry, metricsOf(told)), code };
  return auditLastingRefusal(context.metrics.db, context.log, refusal);
}

interface About {
  metric: string;
  sensitive: boolean;
}

function fields({ report, channel, by, at }: ReportEntry, metrics: readonly About[]) {
  const what = { by, metrics: metrics.map(({ metric }) => metric) };
  return { at, who: `report:${report}`, channel, what };
}

/** Of what a run tells, whoever may see it. */
export function metricsOf(told: Told): readonly About[] {
  switch (told.kind) {
    case "scorecard":
    case "team":
      return told.scorecard.rows;
    case "signal":
    case "signal_week":
      return [{ metric: told.answer.metric, sensitive: told.sensitive }];
    case "signal_link":
      return [told];
    case "notice":
      return [];
    default:
      return assertNever(told);
  }
}
