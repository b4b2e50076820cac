import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvOfAnswer } from "../../src/wording/csv-of-answer.ts";
import { csvOfScorecard } from "../../src/wording/csv-of-scorecard.ts";
import { type CsvCell, csvText } from "../../src/wording/csv-text.ts";
import { hostileNames } from "../bot/any-message.ts";
import { faultTest } from "../support/fault-test.ts";
import { aCount, anAnswer, anAnsweredTarget, english } from "./an-answer.ts";

const dangerous = /^[=+\-@\t\r\n＝＋－＠]/;
const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(0, -1, -0.412, 1e21, 5e-324, 1.7976931348623157e308, 0.1 + 0.2),
);
const anyName = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ...hostileNames,
    "=1+1",
    '=HYPERLINK("https://evil.example","click")',
    "+1-555",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "'=1",
    'a "b", c;d\r\ne',
    " =1",
  ),
);
const anyRow = fc.array(fc.oneof(anyNumber, anyName, fc.constant(null)), {
  minLength: 3,
  maxLength: 8,
});

/** What is written again, and how each field stood in the file. */
function readBack(text: string): { value: string; quoted: boolean }[][] {
  const quoting = (value: string, { quoting: quoted }: { quoting: boolean }) => ({
    value,
    quoted,
  });
  const options = { bom: true, relax_column_count: true, cast: quoting } as const;
  return parse(text, options) as unknown as { value: string; quoted: boolean }[][];
}

/** A number is the very same number without quotation marks; a text begins with no formula's sign. */
function expectKept(cell: CsvCell, read: { value: string; quoted: boolean } | undefined): void {
  if (typeof cell === "number") {
    expect(read?.quoted).toBe(false);
    expect(Number(read?.value)).toBe(Object.is(cell, -0) ? 0 : cell);
  } else if (cell === null) {
    expect(read).toEqual({ value: "", quoted: false });
  } else {
    expect(read?.quoted).toBe(true);
    expect(read?.value).not.toMatch(dangerous);
    expect(read?.value).toBe(dangerous.test(cell) ? `'${cell}` : cell);
  }
}

faultTest(
  37,
  "numbers come back from a file as they were, and no text of it is a formula",
  async (run) => {
    let numbers = 0;
    await run.check(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 5 }), (rows) => {
        // As it stands on disk: what UTF-8 cannot hold is no text.
        const written = rows.map((row) =>
          row.map((cell) => (typeof cell === "string" ? cell.toWellFormed() : cell)),
        );
        const [, ...read] = readBack(csvText(["header"], written));
        for (const [i, row] of written.entries())
          for (const [j, cell] of row.entries()) {
            expectKept(cell, read[i]?.[j]);
            if (typeof cell === "number") numbers += 1;
          }
      }),
    );
    run.saw(`${numbers} numbers unchanged, 0 formulas`);
  },
);

describe("a file of numbers", () => {
  test("begins with the mark of UTF-8, ends its lines as RFC 4180 says, and has no infinities", () => {
    expect(csvText(["a", "b (USD)"], [["é", -1.5]])).toBe('\ufeff"a","b (USD)"\r\n"é",-1.5\r\n');
    expect(csvText(["a"], [[Number.NaN], [Number.NEGATIVE_INFINITY], [null]])).toBe(
      '\ufeff"a"\r\n\r\n\r\n\r\n',
    );
  });

  test("of an answer has its weeks, with the unit in the header", () => {
    const { name, text } = csvOfAnswer(anAnswer({ filters: { tier: ["pro"] } }), english);
    expect(name).toBe("adoption_rate-2026-W46.csv");
    const [header, first] = readBack(text).map((row) => row.map(({ value }) => value));
    expect(header?.slice(0, 5)).toEqual([
      "metric",
      "filters",
      "week",
      "week_start",
      "value (fraction of 1)",
    ]);
    expect(first?.slice(0, 2)).toEqual(["adoption_rate", "tier pro"]);
  });

  test("of a breakdown has its segments, as they are named", () => {
    const figures = { value: 0.5, num: 1, den: 2, n: 2 };
    const segments = [{ segment: "=pro", lowN: false, ...figures }];
    const answer = anAnswer({ breakdown: { dimension: "tier", segments } });
    const { name, text } = csvOfAnswer(answer, english);
    expect(name).toBe("adoption_rate-by-tier-2026-W46.csv");
    expect(text).toContain('"\'=pro",0.5,1,2,2');
  });

  test("of a scorecard has every row, what is late too, and a target in the row's own unit alone", () => {
    const about = { name: "Weekly Revenue", owners: ["GTM", "CS"], sensitive: false } as const;
    const money = aCount(-12.25, { metric: "weekly_revenue", unit: "money" });
    const target = anAnsweredTarget({ metric: "other", value: 2_800 });
    const rows = [
      { ...about, kind: "answered", metric: "weekly_revenue", answer: { ...money, target } },
      { ...about, kind: "late", metric: "error_rate", asOf: null },
    ] as const;
    const { name, text } = csvOfScorecard({ week: "2026-11-09", team: "GTM & CS", rows }, english);
    expect(name).toBe("scorecard-gtm-cs-2026-W46.csv");
    const [header = [], revenue = [], errors = []] = readBack(text).map((row) =>
      row.map(({ value }) => value),
    );
    const of = (row: string[], column: string) => row[header.indexOf(column)];
    expect(["value", "unit", "owners", "state", "target"].map((each) => of(revenue, each))).toEqual(
      ["-12.25", "USD", "GTM, CS", "final", ""],
    );
    expect(of(errors, "state")).toBe("late");
    expect(errors).toHaveLength(header.length);
  });
});
