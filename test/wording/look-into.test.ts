import { describe, expect, test } from "vitest";
import { readDefinitions } from "../../src/metrics/catalogue/index.ts";
import { lookInto, lookIntoBlock } from "../../src/wording/look-into.ts";
import { aMetric } from "../metrics/asked-company.ts";
import { anAnswer } from "./an-answer.ts";

describe("a link of a metric", () => {
  test("is filled in with the filters and the days, encoded for an address", () => {
    const links = [
      "https://bi.example/adoption?tier={tier}&source={source}&w={week}&from={first_day}&to={last_day}",
    ];
    const filters = { tier: ["pro", "A&B #1"] };
    expect(lookInto(anAnswer({ links, filters }))).toEqual([
      "https://bi.example/adoption?tier=pro%2CA%26B%20%231&source=&w=2026-W46&from=2026-11-09&to=2026-11-15",
    ]);
  });

  test("is shown by the site that it leads to", () => {
    const links = ["https://bi.example/a", "https://sql.example/b"];
    expect(lookIntoBlock(anAnswer({ links }))).toEqual([
      {
        kind: "text",
        text: [
          "Look into it: ",
          { kind: "link", text: "bi.example", url: "https://bi.example/a" },
          ", ",
          { kind: "link", text: "sql.example", url: "https://sql.example/b" },
        ],
      },
    ]);
  });

  test("is shown nowhere where there is none", () => {
    expect(lookIntoBlock(anAnswer())).toEqual([]);
  });
});

test.each([
  ["https://bi.example/a?tier={tier}&w={week}", null],
  [
    "https://bi.example/a?x={plan}",
    "{plan} cannot be filled in. Possible: week, first_day, last_day, tenure, source, tier",
  ],
  ["https://bi.example/a?x={tier", "a brace is opened and not closed, or the other way"],
  ["https://{tier}.example/a", "the site's name must stand as it is, before a slash"],
  ["https://bi.example?x={tier}", "the site's name must stand as it is, before a slash"],
  ["https://ana:pass@bi.example/a", "an address with a name or a password"],
  ["https://bi example/a", "no address"],
])("the link %s in a definition: %s", (link, fault) => {
  const sql =
    "SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)";
  const read = readDefinitions("own.yaml", aMetric(sql, { links: JSON.stringify([link]) }));
  expect(read.ok ? null : read.fault.map(({ problem }) => problem).join()).toEqual(
    fault === null ? null : expect.stringContaining(fault),
  );
});
