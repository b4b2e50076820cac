/** A table's rows out of the user's own database, streamed into the stage as text. */
import { databaseCode, isConnectionLoss, type Sql } from "../../db/index.ts";
import { failed, ok, type Result } from "../../result.ts";
import { openCsv } from "../csv/open-csv.ts";
import type { ImportFault } from "../fault.ts";
import { matchColumns } from "../match-columns.ts";
import { constant } from "../sql-text.ts";
import { REJECTED } from "../stage.ts";
import { stageCsv } from "../stage-csv.ts";
import type { TableShape } from "../table-shape.ts";
import { ThrownFault } from "../thrown-fault.ts";
import { type MappedSelect, selectFault } from "./run-select.ts";
import type { SelectStage } from "./stage-select.ts";

const BEFORE = "SELECT * FROM (\n";

/** `remote` reads the user's database; a fault of its SELECT names the place in the mapping. */
export async function stageRemote(
  sql: Sql,
  remote: Sql,
  select: MappedSelect,
  shape: TableShape,
): Promise<Result<SelectStage, ImportFault>> {
  // The bound value makes the server take one statement only, which a COPY has no way to ask for.
  const checked = await asked(select, () =>
    remote.run(`${BEFORE}${select.sql}\n) mapped WHERE $1::boolean LIMIT 0`, [false]),
  );
  if (!checked.ok) return checked;
  const csv = await openCsv({ name: select.entry, chunks: rowsOf(remote, select) });
  if (!csv.ok) return csv;
  try {
    const match = matchColumns(shape, csv.value.columns, select.entry);
    if (!match.ok) return match;
    const stage = await stageCsv(sql, csv.value, shape, match.value);
    return stage.ok ? ok({ ...stage.value, lines: false, files: false }) : stage;
  } finally {
    csv.value.close();
  }
}

/** Lines of a stream are nobody's: rows of a database have none. */
export async function forgetLines(sql: Sql, { table }: TableShape): Promise<void> {
  await sql.run(`UPDATE ${REJECTED} SET line = NULL WHERE target = ${constant(table)}`);
}

async function* rowsOf(remote: Sql, select: MappedSelect): AsyncGenerator<Uint8Array> {
  try {
    yield* await remote.copyOut(
      `COPY (${BEFORE}${select.sql}\n) mapped) TO STDOUT (FORMAT csv, HEADER true)`,
    );
  } catch (error) {
    throw new ThrownFault(faultOf(error, select));
  }
}

async function asked(
  select: MappedSelect,
  ask: () => Promise<unknown>,
): Promise<Result<null, ImportFault>> {
  try {
    await ask();
    return ok(null);
  } catch (error) {
    return failed(faultOf(error, select));
  }
}

function faultOf(error: unknown, select: MappedSelect): ImportFault {
  if (isConnectionLoss(error)) return { kind: "source_database", code: databaseCode(error) };
  return selectFault(error, select, BEFORE.length);
}
