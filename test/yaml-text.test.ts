import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { loadConfig } from "../src/config/index.ts";
import { parseMapping, readMapping } from "../src/ingest/mapping/read-mapping.ts";
import { defaultSettings, loadCatalogue, readDefinitions } from "../src/metrics/catalogue/index.ts";
import { readYaml } from "../src/yaml-text.ts";
import { faultTest } from "./support/fault-test.ts";

const laughs = [
  "a: &a [x, x, x, x, x, x, x, x, x]",
  ...[..."bcdefghi"].map((name, index) => {
    const before = `*${"abcdefgh".charAt(index)}`;
    return `${name}: &${name} [${Array(9).fill(before).join(", ")}]`;
  }),
].join("\n");

test.each([
  ["a billion laughs", laughs, "1:1 its aliases cannot be resolved; write the values out"],
  ["an alias of nothing", "a: *b", "1:1 its aliases cannot be resolved"],
  ["brackets without end", "[".repeat(20_000), "1:1 nested too deeply"],
  ["lists in lists", `${"- ".repeat(30_000)}a`, "1:1 nested too deeply"],
  ["more than the limit", "#".repeat(300_000), "1:1 larger than 256 KiB"],
  ["a key that comes twice", "a: 1\nb:\n  c: 1\n  c: 2", '4:3 the key "c" comes twice'],
  ["a quote without end", 'a: "b', '1:6 Missing closing "quote'],
])("%s is a problem with its place", (_, text, expected) => {
  const read = readYaml(text);
  const [first] = read.ok ? [] : read.fault;
  expect(`${first?.line}:${first?.column} ${first?.message}`).toContain(expected);
});

const company = `owner: slack:c4n4ry
teams:
  GTM: { channels: [slack:c4n4ry] }
  CS:
    channels:
      - slack:c4n4ry
    mention: c4n4ry here
scorecard:
  at: "c4n4ry"
  note: >-
    c4n4ry in
    a text
`.split("\n");

test("whatever line is misplaced or cut, what is wrong is told without a value", () => {
  const slip = fc.record({
    line: fc.nat(company.length - 2),
    change: fc.oneof(
      fc.integer({ min: 0, max: 8 }).map((n) => (text: string) => " ".repeat(n) + text.trimStart()),
      fc.constant((text: string) => text.replace(":", "")),
      fc.constant((text: string) => text.replace("- ", "-")),
      fc.constant((text: string) => text.replace(/["\]}]/, "")),
      fc.constant((text: string) => `${text} |`),
      fc.constant((text: string) => text.replace(": ", ": *")),
    ),
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (slips) => {
      const lines = [...company];
      for (const { line, change } of slips) lines[line] = change(lines[line] ?? "");
      const read = readYaml(lines.join("\n"));
      if (read.ok) return;
      refused++;
      expect(JSON.stringify(read.fault)).not.toContain("c4n4ry");
      for (const { line, column } of read.fault) {
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2000 },
  );
  expect(refused).toBeGreaterThan(500);
});

test("many misplaced keys are told in good time, one an entry", () => {
  const read = readYaml("- a: b\n   c: d\n   e: f\n".repeat(8000));
  expect(read.ok ? [] : read.fault).toHaveLength(8000);
}, 30_000);

test("a long file with many keys is read in good time", () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n");
  const began = performance.now();
  expect(readYaml(text).ok).toBe(true);
  expect(performance.now() - began).toBeLessThan(20_000);
});

test("kpi.yaml, a mapping and a definition refuse a bomb alike", () => {
  expect(JSON.stringify(parseMapping(laughs, "mapping.yaml"))).toContain("aliases");
  expect(JSON.stringify(readDefinitions("own.yaml", laughs))).toContain("aliases");
  expect(JSON.stringify(config(laughs, null))).toContain("aliases");
});

faultTest(38, "a YAML file of gigabytes is refused by its size, unread", async (run) => {
  const before = process.memoryUsage.rss();
  const folder = temporary();
  for (const name of ["kpi.yaml", "mapping.yaml", "own.yaml"]) {
    writeFileSync(path.join(folder, name), "");
    truncateSync(path.join(folder, name), run.cases * 2 ** 20);
  }
  const mapping = await readMapping(path.join(folder, "mapping.yaml"));
  const catalogue = await loadCatalogue(defaultSettings, [folder]);
  for (const read of [mapping, catalogue, config(null, folder)])
    expect(JSON.stringify(read)).toContain("larger than 256 KiB");
  const grown = process.memoryUsage.rss() - before;
  expect(grown).toBeLessThan(64 * 2 ** 20);
  run.tried(3 * run.cases);
  run.saw(`kpi.yaml, a mapping and a definition: memory +${Math.max(0, grown >> 20)} MiB`);
});

function config(text: string | null, existing: string | null) {
  const folder = existing ?? temporary();
  if (text !== null) writeFileSync(path.join(folder, "kpi.yaml"), text);
  return loadConfig({}, folder);
}

function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "throughline-yaml-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
