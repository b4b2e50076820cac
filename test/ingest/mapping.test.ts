import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importMapping, type MappingImport } from "../../src/ingest/index.ts";
import { parseMapping } from "../../src/ingest/mapping/read-mapping.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, now } from "./importing.ts";

function problems(text: string): string[] {
  const result = parseMapping(text, "m.yaml");
  if (result.ok || result.fault.kind !== "mapping") return [];
  return result.fault.problems.map(
    ({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`,
  );
}

describe("a mapping file that is wrong is told with place and what is allowed", () => {
  test("a misspelt key", () => {
    expect(problems("tables:\n  tiers:\n    sqll: SELECT 1\n    sql: SELECT 1\n")).toEqual([
      '3:5 tables.tiers.sqll: "sqll" is no key here. Did you mean "sql"? Keys: from, mode, complete_through, sql, over, lag',
    ]);
  });

  test("all faults at once", () => {
    const text =
      "files:\n  a: a.csv\ntables:\n  tiers:\n    from: b\n    mode: append\n    complete_through: 2024-02-30\n    sql: SELECT 1\n";
    expect(problems(text)).toEqual([
      "6:11 tables.tiers.mode: must be one of upsert, replace",
      "7:23 tables.tiers.complete_through: must be loaded_at, max(<column of the table>) or a date such as 2024-12-31",
    ]);
    expect(problems(text.replace("append", "upsert").replace("02-30", "02-29"))).toEqual([
      "5:11 tables.tiers.from: must be one of the files: a",
    ]);
  });

  test("YAML that cannot be read", () => {
    expect(problems("tables: {\n")[0]).toMatch(/^\d+:\d+ /);
    expect(problems("tables: 1\n")[0]).toMatch(/^1:9 tables: /);
  });

  test("aliases that unfold without end", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((name, i) => `${name}: &${name} [${`*${"abcdefgh"[i]},`.repeat(9)}]`).join("\n")}\n`;
    expect(problems(bomb)[0]).toMatch(/alias/i);
  });

  test("any text is read or answered with problems that have a place", () => {
    const piece = fc.constantFrom(
      "files:",
      "tables:",
      "checks:",
      "\n",
      "  ",
      "- ",
      "a",
      ": ",
      "{",
      "}",
      "[",
      "&x ",
      "*x",
      "|",
      "sql",
      '"',
      "'",
      "\t",
      "#",
      "\0",
      "é",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const result = parseMapping(pieces.join(""), "m.yaml");
        if (result.ok || result.fault.kind !== "mapping") return;
        expect(result.fault.problems.length).toBeGreaterThan(0);
        for (const { line, column } of result.fault.problems)
          expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("an import through a mapping", () => {
  let fresh: FreshDatabase;
  let dir: string;
  beforeEach(async () => {
    fresh = await freshDatabase();
    dir = await mkdtemp(path.join(tmpdir(), "throughline-mapping-"));
  });
  afterEach(async () => {
    await fresh.close();
    await rm(dir, { recursive: true });
  });

  async function bringIn(
    mapping: string,
    files: Record<string, string> = {},
    more: Partial<MappingImport> = {},
  ) {
    for (const [name, text] of Object.entries({ ...files, "m.yaml": mapping }))
      await writeFile(path.join(dir, name), text);
    return importMapping(fresh.db, {
      mapping: path.join(dir, "m.yaml"),
      dir: null,
      now,
      timeZone: "UTC",
      ...more,
    });
  }

  const plans =
    'files:\n  plans: plans.csv\ntables:\n  tiers:\n    from: plans\n    sql: |\n      SELECT _line, "Plan" AS tier, rank AS tier_rank, true AS is_paid FROM raw.plans\n';

  test("rejects single rows with the line of the file, and accounts for the others", async () => {
    const result = await bringIn(plans, { "plans.csv": "Plan,rank\na,1\nb,x\nc\nd,4\n" });
    expect(result).toMatchObject({
      ok: true,
      value: {
        files: [{ name: "plans", read: 4, loaded: 2, merged: 0, rejected: 2, unexplained: 0 }],
        rejections: [
          { target: "raw.plans", line: 4, reason: "the row has 1 value, the header 2" },
          { target: "tiers", line: 3, column: "tier_rank", value: "x" },
        ],
      },
    });
  });

  test("says of lines that no table took how many nobody knows about", async () => {
    const some = plans.replace("raw.plans\n", "raw.plans WHERE rank <> '2'\n");
    const result = await bringIn(some, { "plans.csv": "Plan,rank\na,1\nb,2\n" });
    expect(result).toMatchObject({ ok: true, value: { files: [{ loaded: 1, unexplained: 1 }] } });
  });

  test("tells lines that are left out with the reason of the mapping", async () => {
    const named = plans
      .replace(
        "plans: plans.csv",
        "plans:\n    file: plans.csv\n    left_out:\n      - {why: retired, sql: SELECT _line FROM raw.plans WHERE rank = '2'}",
      )
      .replace("raw.plans\n", "raw.plans WHERE rank <> '2'\n");
    const result = await bringIn(named, { "plans.csv": "Plan,rank\na,1\nb,2\n" });
    expect(result).toMatchObject({
      ok: true,
      value: { files: [{ loaded: 1, leftOut: [{ why: "retired", rows: 1 }], unexplained: 0 }] },
    });
  });

  test("loads parents before children, whatever the order of the file", async () => {
    const mapping = `tables:
  campaigns: {sql: "SELECT 'none' AS campaign_id, 'other' AS kind, 'web' AS channel"}
  channels: {sql: "SELECT 'web' AS channel, true AS is_organic"}
`;
    expect(await bringIn(mapping)).toMatchObject({ ok: true, value: { rejectionsInAll: 0 } });
    expect(await column(fresh.db, "SELECT channel AS value FROM source.campaigns")).toEqual([
      "web",
    ]);
  });

  test("replaces with children deleted before their parents", async () => {
    const mapping = (channel: string) => `tables:
  channels: {mode: replace, sql: "SELECT '${channel}' AS channel, true AS is_organic"}
  campaigns: {mode: replace, sql: "SELECT '${channel}' AS campaign_id, 'other' AS kind, '${channel}' AS channel"}
`;
    await bringIn(mapping("old"));
    expect(await bringIn(mapping("new"))).toMatchObject({
      ok: true,
      value: {
        tables: [
          { new: 1, deleted: 1 },
          { new: 1, deleted: 1 },
        ],
      },
    });
    expect(await column(fresh.db, "SELECT channel AS value FROM source.campaigns")).toEqual([
      "new",
    ]);
  });

  test("shows SQL that the server refuses at its line and column, and loads nothing", async () => {
    const result = await bringIn(plans.replace("rank AS", "rnak AS"), {
      "plans.csv": "Plan,rank\na,1\n",
    });
    expect(result).toMatchObject({
      ok: false,
      fault: {
        kind: "mapping_sql",
        entry: "tables.tiers",
        sqlState: "42703",
        place: { file: "m.yaml", line: 7, column: 37 },
      },
    });
    expect(await column(fresh.db, "SELECT to_regclass('raw.plans')::text AS value")).toEqual([
      "(null)",
    ]);
  });

  test.each([
    "SELECT 1) q; DROP TABLE source.tiers; --",
    "DELETE FROM source.tiers",
    "WITH d AS (DELETE FROM source.tiers RETURNING *) SELECT * FROM d",
  ])("takes nothing but one SELECT: %s", async (sql) => {
    const result = await bringIn(`tables:\n  tiers:\n    sql: ${JSON.stringify(sql)}\n`);
    expect(result).toMatchObject({ ok: false, fault: { kind: "mapping_sql" } });
    expect(await column(fresh.db, "SELECT to_regclass('source.tiers')::text AS value")).toEqual([
      "tiers",
    ]);
  });

  test("an unknown table and an unknown column of max are told at their place", async () => {
    const result = await bringIn(
      "tables:\n  teirs: {sql: SELECT 1}\n  users:\n    complete_through: max(creatd_at)\n    sql: SELECT 1\n",
    );
    expect(result).toMatchObject({
      ok: false,
      fault: {
        kind: "mapping",
        problems: [
          { line: 2, column: 3, message: expect.stringContaining('Did you mean "tiers"?') },
          {
            line: 4,
            column: 23,
            message: expect.stringContaining(
              'Did you mean "created_at"? Allowed: created_at, deactivated_at',
            ),
          },
        ],
      },
    });
  });

  test("max of a column is the watermark, but never past now", async () => {
    const users = (at: string) =>
      `tables:\n  users:\n    complete_through: max(created_at)\n    sql: SELECT 'a' AS account_id, 'u' AS user_id, '${at}' AS created_at\n`;
    expect(await bringIn(users("2024-05-01T10:00:00Z"))).toMatchObject({
      value: { tables: [{ completeThrough: "2024-05-01T10:00:00Z" }] },
    });
    expect(await bringIn(users("2199-01-01"))).toMatchObject({
      value: { tables: [{ completeThrough: "2026-11-24T10:00:00Z" }] },
    });
  });

  test("checks are counted, the first rows told and all written to a file, formulas made inert", async () => {
    const mapping = `${plans}checks:\n  odd: {what: odd plans, sql: "SELECT _line, \\"Plan\\", -5 AS n FROM raw.plans"}\n`;
    const checksFile = path.join(dir, "checks.csv");
    const result = await bringIn(mapping, { "plans.csv": "Plan,rank\n=1+1,1\n" }, { checksFile });
    expect(result).toMatchObject({
      value: { checks: [{ name: "odd", rows: 1, examples: [["2", "=1+1", "-5"]] }] },
    });
    expect(await readFile(checksFile, "utf8")).toBe(
      "check,row,column,value\nodd,1,_line,2\nodd,1,Plan,'=1+1\nodd,1,n,-5\n",
    );
  });

  test("a file with other columns than last time replaces its raw table", async () => {
    await bringIn(plans, { "plans.csv": "Plan,rank\na,1\n" });
    const result = await bringIn(plans, { "plans.csv": "rank,Plan,more\n1,a,x\n" });
    expect(result).toMatchObject({ ok: true, value: { tables: [{ unchanged: 1 }] } });
  });

  test("a raw table that something is built on is not dropped", async () => {
    await bringIn(plans, { "plans.csv": "Plan,rank\na,1\n" });
    await fresh.db.run("CREATE VIEW public.mine AS SELECT rank FROM raw.plans");
    expect(await bringIn(plans, { "plans.csv": "rank,Plan,more\n1,a,x\n" })).toEqual({
      ok: false,
      fault: { kind: "raw_in_use", name: "plans" },
    });
    expect(await bringIn(plans, { "plans.csv": "Plan,rank\nb,2\n" })).toMatchObject({ ok: true });
  });
});
