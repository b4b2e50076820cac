/** A process that loses its connections in the middle of what it does, as though it were killed. */
import { type Database, openDatabase, type Sql } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";

const NAME = "cut off";

/** Works on the database of `url` until its statement number `at`, from which on `killer` ends it. */
export function cutOffAt(at: number, url: string, killer: Database): Database {
  let statements = 0;
  const count = async (): Promise<void> => {
    if (++statements === at)
      await killer.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()",
        [NAME],
      );
  };
  const counting = <T extends Sql>(sql: T): T =>
    new Proxy(sql, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name);
        if (typeof own !== "function") return own;
        if (name === "transaction")
          return (work: (inner: Sql) => unknown, options: unknown) =>
            Reflect.apply(own, target, [(inner: Sql) => work(counting(inner)), options]);
        return async (...values: unknown[]) => {
          await count();
          return Reflect.apply(own, target, values);
        };
      },
    });
  const options = { max: 4, applicationName: NAME, statementTimeoutMs: 20_000, log: silentLog };
  return counting(openDatabase(url, options));
}
