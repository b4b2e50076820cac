/** `kpi backtest --csv`, as a script sees it: it needs no database. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { backtestFile } from "../../src/cli/backtest-file.ts";
import { backtestJson } from "../../src/wording/index.ts";
import { hasShared, readShared } from "../support/shared.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "kpi-backtest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  status: number;
  out: string;
  err: string;
}

function kpi(args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [path.join(root, "src/cli/kpi.ts"), "backtest", ...args],
      { cwd: folder, env: { PATH: process.env.PATH ?? "" } },
      (error, out, err) => {
        const code = error?.code;
        done({ status: typeof code === "number" ? code : error ? 1 : 0, out, err });
      },
    );
  });
}

function file(name: string, text: string): string {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
}

const MONDAY = Temporal.PlainDate.from("2021-01-04");
function isoWeek(i: number): string {
  const day = MONDAY.add({ weeks: i });
  return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, "0")}`;
}

const numbers = z.array(z.number().nullable());
const series = z.object({
  name: z.string(),
  kind: z.enum(["prop", "nps", "flow", "stock", "value"]),
  n_min: z.number(),
  reset: z.number().nullable(),
  observations: z.array(z.union([z.number(), z.array(z.number()), z.null()])),
  verdict: z.array(z.string()),
  p: numbers,
  expected: numbers,
  low: numbers,
  high: numbers,
  pooled_weeks: numbers,
  since: numbers,
});
type Series = z.infer<typeof series>;

const told = z.object({
  weeks: z.array(
    z.object({
      week: z.string(),
      value: z.number().nullable(),
      verdict: z.looseObject({
        word: z.string(),
        since: z.string().nullable(),
        p: z.number().nullable(),
        expected: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        pooled_weeks: z.number().nullable(),
      }),
    }),
  ),
});

const heads = {
  prop: "x,n",
  nps: "promoters,detractors,n",
  flow: "value",
  stock: "value",
  value: "value",
};

function csvOf({ kind, observations }: Series): string {
  const head = heads[kind];
  const empty = ",".repeat(head.split(",").length - 1);
  const rows = observations.map(
    (seen, i) => `${isoWeek(i)},${seen === null ? empty : [seen].flat().join(",")}`,
  );
  return [`week,${head}`, ...rows, ""].join("\n");
}

const near = (wanted: number | null, tolerance: number) =>
  wanted === null
    ? null
    : expect.toSatisfy(
        (got: unknown) =>
          typeof got === "number" &&
          Math.abs(got - wanted) <= tolerance * Math.max(Math.abs(wanted), 1e-300),
        `near ${wanted}`,
      );

const shared = "metrics/verdicts.json";
const there = hasShared(shared);
const specification = z
  .object({ tolerance: z.number(), series: z.array(series) })
  .parse(there ? JSON.parse(readShared(shared)) : { tolerance: 0, series: [] });

const calendar = { time_zone: "UTC", week_starts: "monday" } as const;
const now = Temporal.Instant.from("2026-11-16T09:00:00Z");

describe.skipIf(!there)("a file gives the verdicts of the specification", () => {
  test.each(specification.series.map((row) => [row.name, row] as const))("%s", async (_, row) => {
    const csv = file("series.csv", csvOf(row));
    const rules = {
      kind: row.kind,
      nMin: String(row.n_min),
      reset: row.reset === null ? [] : [isoWeek(row.reset)],
    };
    const tested = await backtestFile(csv, rules, calendar, now);
    if (!tested.ok) throw new Error(tested.fault.text);
    const json: unknown = JSON.parse(JSON.stringify(backtestJson(tested.value)));
    const weeks = told.parse(json).weeks.map(({ week, verdict }) => ({
      week,
      word: verdict.word,
      p: verdict.p,
      expected: verdict.expected,
      low: verdict.low,
      high: verdict.high,
      pooled_weeks: verdict.pooled_weeks,
      since: verdict.since,
    }));
    const tolerance = specification.tolerance;
    expect(weeks).toEqual(
      row.verdict.map((word, i) => ({
        week: isoWeek(i),
        word,
        p: near(row.p[i] ?? null, tolerance),
        expected: near(row.expected[i] ?? null, tolerance),
        low: near(row.low[i] ?? null, tolerance),
        high: near(row.high[i] ?? null, tolerance),
        pooled_weeks: row.pooled_weeks[i] ?? null,
        since: row.since[i] == null ? null : isoWeek(row.since[i]),
      })),
    );
  });
});

test("on the terminal a file's alarms are counted and its movements listed", async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${isoWeek(i)},${100 + ((i * 7) % 5) + (i >= 50 ? 40 : 0)}`,
  );
  const csv = file("step.csv", ["week,value", ...rows].join("\n"));
  const png = path.join(folder, "step.png");
  const ran = await kpi(["--csv", csv, "--kind", "value", "--png", png]);
  expect(ran).toMatchObject({ status: 0, err: `picture: ${png}\n` });
  expect(ran.out).toContain(
    "There would have been 1 alarm in the last 52 weeks (2% of them): a signal up in 2021-W51.",
  );
  expect(ran.out).toMatch(/2021-W51 +signal up +140 +10\d\.\d +2021-W51 to 2022-W08/);
  expect(readFileSync(png).subarray(1, 4).toString()).toBe("PNG");
}, 60_000);

test("a week without a row, or without a value, is a missing one", async () => {
  const csv = file("gap.csv", "week,value\n2026-01-07,3\n2026-W05,\n2026-W04,5\n");
  const tested = await backtestFile(csv, { kind: "flow" }, calendar, now);
  if (!tested.ok) throw new Error(tested.fault.text);
  expect(tested.value.weeks.map(({ week, value }) => [week, value])).toEqual([
    ["2026-01-05", 3],
    ["2026-01-12", null],
    ["2026-01-19", 5],
    ["2026-01-26", null],
  ]);
});

const PROP = "week,x,n\n";
const FLOW = "week,value\n";
const NPS = "week,promoters,detractors,n\n";

describe("a file that is wrong says where", () => {
  test.each([
    [
      "value",
      `${FLOW}2026-W01,1\n2026-W99,x\n`,
      [
        '3  week: "2026-W99" is not a week such as 2026-W46, nor a date such as 2026-11-09',
        '3  value: "x" is not a number such as 12.50',
      ],
    ],
    [
      "prop",
      `${PROP}2026-W01,1,5\n2026-W02,7,5\n2026-W01,1.5,2\n`,
      [
        "3  n: is 5, and x are 7",
        "4  week: the same week stands on line 2",
        "4  x: is not a whole number",
      ],
    ],
    [
      "nps",
      `${NPS}2026-W01,5,4,9\n2026-W02,,1,2\n`,
      ["3  promoters: is empty, and the other values of the row are not"],
    ],
    ["nps", `${NPS}2026-W01,5,4,8\n`, ["2  n: is 8, and promoters + detractors are 9"]],
    ["flow", `${FLOW}2026-W01,-1\n`, ["2  value: is negative, and flow counts"]],
    [
      "value",
      `${FLOW}2026-W01,1\n2062-W01,1\n`,
      ["3  week: lies more than 1040 weeks after 2025-12-29, the first week of the file"],
    ],
    ["value", `${FLOW}2026-W01,1,2\n`, ["2  the row: the row has 3 values, the header 2"]],
  ] as const)("%s: %j", async (kind, text, lines) => {
    const tested = await backtestFile(file("wrong.csv", text), { kind }, calendar, now);
    const words = lines.map((line) => `wrong.csv:${line}`).join("\n");
    expect(tested).toEqual({ ok: false, fault: { text: words, status: 1 } });
  });

  test.each([
    [
      { kind: "value" },
      `${FLOW}"2026-W01,1\n`,
      1,
      "wrong.csv:2: a quote is opened in this row and never closed.",
    ],
    [{ kind: "value" }, FLOW, 1, "wrong.csv names its columns and has no row."],
    [{ kind: "value" }, "", 1, "wrong.csv is empty; its first row must name the columns."],
    [
      { kind: "nps" },
      FLOW,
      1,
      "wrong.csv:1: kind nps needs the columns promoters, detractors, n; the file has week, value.",
    ],
    [{ kind: "money" }, FLOW, 2, "--kind: one of prop, nps, flow, stock, value, with --csv <file>"],
    [{ kind: "prop", nMin: "-1" }, PROP, 2, "--n-min: a whole number, such as 30"],
    [
      { kind: "prop", reset: ["soon"] },
      PROP,
      2,
      "--reset: a week such as 2026-W46, or a date in it",
    ],
  ])("%j with %j", async (rules, text, status, words) => {
    const tested = await backtestFile(file("wrong.csv", text), rules, calendar, now);
    expect(tested).toEqual({ ok: false, fault: { text: words, status } });
  });
});
