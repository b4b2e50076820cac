import { auditRefusal, callerName, callerPlace, isOperator } from "../policy/index.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";

/**
 * Null: an operator asks, or the terminal. Else the fault to answer with; the refusal is in the audit.
 * `command` is the operator's command as one types it, such as `runs resend`.
 */
export async function operatorsOnly(
  { rules, metrics, log }: CommandContext,
  { caller, now }: Pick<Ask, "caller" | "now">,
  command: string,
): Promise<AskFault | null> {
  if (isOperator(rules, caller)) return null;
  await auditRefusal(metrics.db, log, {
    at: now,
    who: callerName(caller),
    channel: callerPlace(caller),
    what: { by: command, metrics: [] },
    code: "operators_only",
  });
  return { kind: "operators_only", command };
}
