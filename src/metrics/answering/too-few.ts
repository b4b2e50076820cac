import type { QueryFault, WeekStart } from "../answer.ts";
import type { Screen, Screened } from "../screen/screen.ts";

/** A week is of too few accounts, or leaves too few out: what may be asked instead. */
export async function tooFew(
  { metric, filters, screen }: Omit<Screened, "width"> & { screen: Screen | undefined },
  week: WeekStart,
  width: number,
): Promise<QueryFault> {
  const wider = (await screen?.nearest({ metric, width, filters }, week)) ?? null;
  return { kind: "too_few_accounts", metric: metric.id, name: metric.name, wider };
}
