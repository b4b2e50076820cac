/** Reads a file of one row a week: its week and the numbers of the columns that are asked for. */
import { basename } from "node:path";
import { parse } from "csv-parse/sync";
import { failed, ok, type Result } from "../result.ts";
import { CsvFile } from "./csv/csv-file.ts";
import { BrokenUtf16 } from "./csv/decode-utf16.ts";
import { fileErrorCode, type OpenCsv, openCsv } from "./csv/open-csv.ts";
import type { ImportFault } from "./fault.ts";
import { rejectionReason } from "./rejection-reason.ts";

export interface WeeklyCsvRow {
  line: number;
  week: string;
  /** In the order of the columns asked for; null: all of them are empty. */
  numbers: readonly number[] | null;
}

export type WeeklyCsvFault =
  | { kind: "file"; fault: ImportFault }
  | { kind: "columns"; file: string; missing: readonly string[]; found: readonly string[] }
  | { kind: "too_long"; file: string; most: number }
  | { kind: "empty"; file: string }
  | {
      kind: "rows";
      file: string;
      problems: readonly { line: number; column: string; problem: string }[];
    };

type Problem = Extract<WeeklyCsvFault, { kind: "rows" }>["problems"][number];

const MOST_ROWS = 5_000;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Every wrong row is told at once. `readWeek` gives the first day of a week as it was typed, or null. */
export async function readWeeklyCsv(
  file: string,
  columns: readonly string[],
  readWeek: (text: string) => string | null,
): Promise<Result<WeeklyCsvRow[], WeeklyCsvFault>> {
  try {
    return await readOpened(await openBytes(file), columns, readWeek);
  } catch (error) {
    if (error instanceof BrokenUtf16)
      return failed({ kind: "file", fault: { kind: "broken_utf16", file: error.file } });
    const code = fileErrorCode(error);
    if (code === null) throw error;
    return failed({ kind: "file", fault: { kind: "unreadable_file", file, code } });
  }
}

async function openBytes(path: string): Promise<Result<OpenCsv, ImportFault>> {
  const file = await CsvFile.find(path);
  return openCsv({ name: basename(path), chunks: file.chunks() });
}

async function readOpened(
  csv: Result<OpenCsv, ImportFault>,
  columns: readonly string[],
  readWeek: (text: string) => string | null,
): Promise<Result<WeeklyCsvRow[], WeeklyCsvFault>> {
  if (!csv.ok) return failed({ kind: "file", fault: csv.fault });
  const { name, columns: found } = csv.value;
  const spelled = found.map((column) => column.toLowerCase());
  const missing = ["week", ...columns].filter((column) => !spelled.includes(column));
  if (missing.length > 0) {
    csv.value.close();
    return failed({ kind: "columns", file: name, missing, found });
  }
  const text = await readRows(csv.value);
  if (!text.ok) return text;
  const rows: WeeklyCsvRow[] = [];
  const problems: Problem[] = [];
  for (const [line = "", flaw = "", ...values] of parse(text.value, {
    relax_column_count: true,
    delimiter: csv.value.separator,
  })) {
    const textOf = (column: string): string => (values[spelled.indexOf(column)] ?? "").trim();
    const read =
      flaw === ""
        ? readRow(Number(line), columns, textOf, readWeek)
        : failed([flawed(Number(line), flaw)]);
    if (read.ok) rows.push(read.value);
    else problems.push(...read.fault);
  }
  if (problems.length > 0) return failed({ kind: "rows", file: name, problems });
  return rows.length === 0 ? failed({ kind: "empty", file: name }) : ok(rows);
}

/** The rows as `openCsv` frames them: the line and the flaw in front. */
async function readRows(csv: OpenCsv): Promise<Result<string, WeeklyCsvFault>> {
  const blocks: Buffer[] = [];
  for await (const block of csv.rows) {
    blocks.push(Buffer.from(block));
    if (csv.counts().rows > MOST_ROWS) {
      csv.close();
      return failed({ kind: "too_long", file: csv.name, most: MOST_ROWS });
    }
  }
  const { unclosedQuote } = csv.counts();
  if (unclosedQuote !== null)
    return failed({
      kind: "file",
      fault: { kind: "unclosed_quote", file: csv.name, line: unclosedQuote },
    });
  return ok(Buffer.concat(blocks).toString("utf8"));
}

function flawed(line: number, code: string): Problem {
  const recorded = { target: "", line, column_name: null, code, detail: null, value: null };
  return { line, column: "the row", problem: rejectionReason(recorded, undefined, new Map()) };
}

function readRow(
  line: number,
  columns: readonly string[],
  textOf: (column: string) => string,
  readWeek: (text: string) => string | null,
): Result<WeeklyCsvRow, Problem[]> {
  const problems: Problem[] = [];
  const wrong = (column: string, problem: string): void =>
    void problems.push({ line, column, problem });
  const week = readWeek(textOf("week"));
  if (week === null)
    wrong(
      "week",
      `"${textOf("week")}" is not a week such as 2026-W46, nor a date such as 2026-11-09`,
    );
  const texts = columns.map(textOf);
  const isEmpty = texts.every((text) => text === "");
  for (const [i, text] of texts.entries()) {
    if (!isEmpty && !(number.test(text) && Number.isFinite(Number(text))))
      wrong(
        columns[i] ?? "",
        text === ""
          ? "is empty, and the other values of the row are not"
          : `"${text}" is not a number such as 12.50`,
      );
  }
  if (week === null || problems.length > 0) return failed(problems);
  return ok({ line, week, numbers: isEmpty ? null : texts.map(Number) });
}
