import { limits } from "./limits.ts";
import { constant } from "./sql-text.ts";
import { type Loading, REJECTED } from "./stage.ts";

/** SQL of what is recorded of a rejected row. */
interface RejectionSelect {
  /** The row's place in the stage. */
  row: string;
  line: string;
  column: string;
  code: string;
  detail: string;
  value: string;
}

/** Records what `from` finds; the number of rejections. Values are cut: one may be a megabyte. */
export function recordRejections(
  loading: Loading,
  select: RejectionSelect,
  from: string,
): Promise<number> {
  const { row, line, column, code, detail, value } = select;
  return loading.sql.run(`INSERT INTO ${REJECTED} (target, row, line, column_name, code, detail, value)
    SELECT ${constant(loading.shape.table)}, ${row}, ${line}, ${column}, ${code}, ${detail},
      left(${value}, ${limits.quotedCharacters}) ${from}`);
}
