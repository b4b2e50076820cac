/** Who was refused, who was told of a sensitive metric, and what was taken away again. */
import { startClock } from "../clock.ts";
import { auditSince } from "../policy/index.ts";
import { tellAudit } from "./tell-audit.ts";
import { complain, DONE, print, WRONG_USE } from "./terminal.ts";
import { toTerminal } from "./to-terminal.ts";
import { withData } from "./with-data.ts";

export interface AuditOptions {
  since?: string;
  json?: boolean;
}

const DEFAULT_DAYS = 30;

export async function audit(options: AuditOptions): Promise<number> {
  const given = options.since === undefined ? null : dateOf(options.since);
  if (given === null && options.since !== undefined) {
    complain(`--since: "${options.since}" is no date. Write one such as 2026-11-01.`);
    return WRONG_USE;
  }
  return withData(async ({ data, config }) => {
    const zone = config.company.time_zone;
    const today = startClock(config.clockFrom)().toZonedDateTimeISO(zone).toPlainDate();
    const since = given ?? today.subtract({ days: DEFAULT_DAYS });
    const entries = await auditSince(data.db, since.toZonedDateTime(zone).toInstant());
    print(
      options.json ? JSON.stringify(entries, null, 2) : toTerminal(tellAudit(entries, since, zone)),
    );
    return DONE;
  });
}

function dateOf(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return null;
  }
}
