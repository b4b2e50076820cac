import { expect, test } from "vitest";
import { type ImportReport, tellImport, tellImportFault } from "../../src/ingest/index.ts";

const report: ImportReport = {
  source: "m.yaml",
  startedAt: "2026-11-24T10:00:00Z",
  finishedAt: "2026-11-24T10:00:01Z",
  tables: [
    {
      table: "users",
      from: "m.yaml",
      mode: "upsert",
      read: 1234,
      new: 1000,
      changed: 200,
      unchanged: 30,
      rejected: 3,
      repeated: 1,
      deleted: 0,
      completeThrough: "2026-11-24T00:00:00Z",
    },
  ],
  files: [
    {
      name: "crm",
      file: "crm.csv",
      read: 1240,
      loaded: 1200,
      merged: 30,
      rejected: 3,
      leftOut: [{ why: "tests", rows: 5 }],
      unexplained: 2,
      tables: [{ table: "users", lines: 1230, rows: 1231 }],
    },
  ],
  checks: [
    { name: "odd", what: "odd users", rows: 30, columns: ["id", "at"], examples: [["u1", null]] },
  ],
  notes: [
    { kind: "ignored_columns", from: "users", columns: [{ column: "colour", nearest: ["color"] }] },
    { kind: "unknown_values", table: "targets", dimension: "tier", rows: 2, examples: ["gold"] },
  ],
  rejections: [
    {
      target: "users",
      line: 7,
      column: "created_at",
      reason: "is not a date",
      value: "\u001b[31mred",
    },
  ],
  rejectionsInAll: 3,
  rejectionsFile: "/tmp/rejected.csv",
};

test("a report is told with its counts, its account of lines, its rejections, checks and notes", () => {
  expect(
    tellImport(report),
  ).toBe(`table   read    new  changed  unchanged  deleted  rejected  repeated  complete through
users  1,234  1,000      200         30        0         3         1  2026-11-24T00:00:00Z

Of 1,240 rows in 1 files nobody knows where 2 went; name them under left_out:
file      read  loaded  merged  rejected  left out  unexplained  rows of tables
crm.csv  1,240   1,200      30         3         5            2  users 1,231
  crm.csv: 5 left out: tests

3 faults in rejected rows, of which 1, some of every kind, are below; all are in /tmp/rejected.csv:
  users:7  created_at is not a date  "\ufffd[31mred"

What the data says against itself, told and not mended:
30  odd: odd users
    id u1, at (empty)
    and 29 more

Note: users has columns that the table has not: colour (is it "color"?)
Note: 2 rows of targets for a tier that no data have: "gold"`);
});

test("a fault says what is wrong, where, what is allowed, and that nothing was imported", () => {
  const missing = [{ column: "tier_rank", nearest: ["teir_rank"] }];
  const others = ["teir_rank"];
  expect(
    tellImportFault({ kind: "missing_columns", table: "tiers", from: "t.csv", missing, others }),
  ).toBe(
    't.csv lacks columns that tiers needs:\n  tier_rank  (is it "teir_rank"?)\nIt has teir_rank: not known to tiers.\nRename them in the file, or keep the file and write a mapping: docs/importing.md has one for a CRM\'s export.\nNothing was imported.',
  );
  const place = { file: "m.yaml", line: 7, column: 3 };
  expect(
    tellImportFault({
      kind: "mapping",
      problems: [{ ...place, path: "tables.x", message: "is no table" }],
    }),
  ).toBe("m.yaml:7:3  tables.x: is no table\nNothing was imported.");
});
