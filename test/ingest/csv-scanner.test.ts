import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvScanner } from "../../src/ingest/csv/csv-scanner.ts";

interface Row {
  text: string;
  line: number;
  flaw: string | null;
  fields: number;
}

function scan(
  bytes: Buffer,
  chunk: number,
  options: ConstructorParameters<typeof CsvScanner>[1] = {},
) {
  const rows: Row[] = [];
  const scanner = new CsvScanner(
    (row, line, flaw, fields) =>
      rows.push({ text: flaw === null ? row.toString() : "", line, flaw, fields }),
    options,
  );
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.subarray(at, at + chunk));
  return { rows, unclosed: scanner.end() };
}

const cell = fc.string({
  unit: fc.constantFrom("a", "é", ",", ";", "\t", '"', "\n", "\r", " ", "1", "\\", ".", "😀"),
  maxLength: 6,
});
const lineEnd = fc.constantFrom("\n", "\r\n");

test("rows and fields are those of csv-parse for every well-formed file, whatever the chunks", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
      lineEnd,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(",", ";", "\t", "|"),
      (table, end, chunk, separator) => {
        const text = table
          .map(
            (row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(separator) + end,
          )
          .join("");
        const { rows, unclosed } = scan(Buffer.from(text), chunk, { separator });
        expect(unclosed).toBeNull();
        expect(rows.map((row) => parse(row.text, { delimiter: separator })[0])).toEqual(table);
        expect(rows.map((row) => row.fields)).toEqual(table.map((row) => row.length));
        expect(rows.every((row) => row.flaw === null)).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("any bytes are scanned without a throw and alike in any chunks", () => {
  const bytes = fc
    .uint8Array({ maxLength: 60 })
    .map((raw) =>
      Buffer.from(raw.map((byte) => [34, 44, 10, 13, 97, 0, 195, 169][byte % 8] ?? byte)),
    );
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 5 }), (raw, chunk) => {
      expect(scan(raw, chunk)).toEqual(scan(raw, 1_000));
    }),
    { numRuns: 5_000 },
  );
});

test("a row's line is the one it begins on, also after line ends inside quotes and blank lines", () => {
  const { rows } = scan(Buffer.from('a,b\r\n\r\n"x\ny",2\n\n3,4'), 3);
  expect(rows.map((row) => row.line)).toEqual([1, 3, 6]);
});

test("a quote inside an unquoted value spoils its row only", () => {
  const { rows } = scan(Buffer.from('5" pipe,1\n"a"b,2\nok,3\n'), 4);
  expect(rows.map((row) => row.flaw)).toEqual(["stray_quote", "stray_quote", null]);
});

test("a quote that nothing closes is told with the line of its row", () => {
  expect(scan(Buffer.from('a,b\n1,"2\n3,4\n5,6\n'), 5).unclosed).toBe(2);
});

test("bytes that are no UTF-8 and NUL bytes spoil their row only", () => {
  const bytes = Buffer.concat([
    Buffer.from("ok,1\n"),
    Buffer.from([0xff, 0x2c, 0x31, 10]),
    Buffer.from("a\0,1\né,1\n"),
  ]);
  expect(scan(bytes, 2).rows.map((row) => row.flaw)).toEqual([null, "not_utf8", "nul", null]);
});

test("a value or a row beyond its limit is flawed, and what follows is read", () => {
  const bytes = Buffer.from(`${"x".repeat(50)},1\n${"ab,".repeat(30)}\nok,2\n`);
  const { rows } = scan(bytes, 8, { limits: { fieldBytes: 20, rowBytes: 60 } });
  expect(rows.map((row) => row.flaw)).toEqual(["large_field", "large_row", null]);
});

test("a row without end holds no more memory than the limit of a row", () => {
  const scanner = new CsvScanner(() => {});
  const chunk = Buffer.alloc(1 << 20, "x");
  scanner.push(Buffer.from('"'));
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let i = 0; i < 96; i++) {
    scanner.push(chunk);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  expect(scanner.end()).toBe(1);
  expect(most).toBeLessThan(64 << 20);
});
