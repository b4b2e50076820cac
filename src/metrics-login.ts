/** The restricted login under which a company's own SQL runs: whose it is, and what it is let do. */
import type { Config } from "./config/index.ts";
import {
  type EmbeddedServer,
  grantReading,
  limitLogin,
  openDatabase,
  sqlState,
} from "./db/index.ts";
import { errorFields, type Log } from "./log.ts";
import type { Catalogue } from "./metrics/catalogue/index.ts";

const ROLE = "throughline_metrics";

/** How long one statement of a refresh or a report may take, and of a question. */
export const LONGEST_OWN_WORK_MS = 120_000;
export const LONGEST_OWN_QUESTION_MS = 20_000;

/** Whether anything in the catalogue is a company's own, and so needs the login. */
export function hasOwnSql({
  metrics,
  dimensions,
}: Pick<Catalogue, "metrics" | "dimensions">): boolean {
  return dimensions.length > 0 || metrics.some(({ origin }) => origin !== null);
}

/**
 * Its URL; null where none is named. The embedded server's is made and limited here; one's own is let
 * read what metrics read, as far as our login may grant that. What is amiss then is told by the doctor,
 * and by the metrics that it concerns: the others do without.
 */
export async function metricsLogin(
  { metricsDatabaseUrl }: Pick<Config, "metricsDatabaseUrl">,
  { url, embedded }: { url: string; embedded: EmbeddedServer | null },
  log: Log,
): Promise<string | null> {
  const login = embedded === null ? metricsDatabaseUrl : await embedded.loginUrl(ROLE);
  if (login === null) return null;
  const db = openDatabase(url, {
    max: 1,
    applicationName: "throughline grants",
    statementTimeoutMs: 10_000,
    log,
  });
  try {
    const role = roleOf(login);
    await grantReading(db, role);
    if (embedded !== null) await limitLogin(db, role);
  } catch (error) {
    if (sqlState(error) === null) throw error;
    log.warn("metrics_login_not_granted", errorFields(error));
  } finally {
    await db.close();
  }
  return login;
}

/** The role that a login's URL names. */
export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
