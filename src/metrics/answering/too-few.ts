import type { WeekStart } from "../answer.ts";
import type { QueryFault } from "../query-fault.ts";
import type { Screen, Screened } from "../screen/screen.ts";

/** A week, month or quarter is of too few accounts, or leaves too few out: what may be asked instead. */
export async function tooFew(
  { metric, filters, grain, screen }: Omit<Screened, "width"> & { screen: Screen | undefined },
  week: WeekStart,
  width: number,
): Promise<QueryFault> {
  const wider = (await screen?.nearest({ metric, width, filters, grain }, week)) ?? null;
  const about = { metric: metric.id, name: metric.name, wider };
  return { kind: "too_few_accounts", ...about, ...(grain && { grain }) };
}
