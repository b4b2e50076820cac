import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import {
  type CompanyOptions,
  demoCompany,
  generateCompany,
  writeCompany,
} from "../../demo/company/index.ts";

const small: CompanyOptions = { seed: 7, weeks: 40, lastWeek: "2026-11-16", stories: true };

async function hashOf(options: CompanyOptions): Promise<string> {
  const hash = createHash("sha256");
  for (const table of generateCompany(options)) {
    for await (const chunk of table.csv()) hash.update(chunk);
  }
  return hash.digest("hex");
}

test("the same seed gives the same bytes, another seed others", async () => {
  const once = await hashOf(small);
  expect(await hashOf(small)).toBe(once);
  expect(await hashOf({ ...small, seed: 8 })).not.toBe(once);
  expect(await hashOf({ ...small, stories: false })).not.toBe(once);
});

test("a table can be read again, alone and in any order", async () => {
  const tables = [...generateCompany(small)];
  const usage = tables.find((table) => table.name === "usage_daily");
  const read = async () => {
    const hash = createHash("sha256");
    for await (const chunk of usage?.csv() ?? []) hash.update(chunk);
    return hash.digest("hex");
  };
  expect(await read()).toBe(await read());
});

test("chunks are of about 64 KiB and the header comes first", async () => {
  for (const table of generateCompany(small)) {
    let nth = 0;
    for await (const chunk of table.csv()) {
      if (nth === 0) expect(chunk.toString()).toMatch(new RegExp(`^${table.columns.join(",")}\n`));
      expect(chunk.length).toBeLessThan(128 * 1024);
      nth += 1;
    }
    expect(nth).toBeGreaterThan(0);
  }
});

test("a folder of one file a table says the same, and every line has a field for each column", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "demo-company-"));
  try {
    const files = await writeCompany(folder, small);
    expect(files.map((file) => path.basename(file))).toContain("usage_daily.csv");
    expect(files).toHaveLength(29);
    const hash = createHash("sha256");
    for (const file of files) {
      const content = await readFile(file);
      hash.update(content);
      // csv-parse throws on a line with more or fewer fields than the first.
      if (content.length < 3_000_000) expect(parse(content).length).toBeGreaterThan(1);
    }
    expect(hash.digest("hex")).toBe(await hashOf(small));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("the whole company of 120 weeks takes seconds of one core", async () => {
  const before = process.cpuUsage();
  for (const table of generateCompany(demoCompany)) {
    for await (const chunk of table.csv()) expect(chunk.length).toBeGreaterThan(0);
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  process.stdout.write(`generated 120 weeks in ${seconds.toFixed(1)} s of one core\n`);
  // Two and a half on an idle machine; a busy one gives less for each second counted.
  expect(seconds).toBeLessThan(12);
});

test("options that make no company are refused", () => {
  const found = (options: Partial<CompanyOptions>) => () => [
    ...generateCompany({ ...small, ...options }),
  ];
  expect(found({ lastWeek: "2026-11-17" })).toThrow(/no Monday/);
  expect(found({ lastWeek: "yesterday" })).toThrow(/no ISO date/);
  expect(found({ weeks: 12 })).toThrow(/at least 40/);
  expect(found({ seed: 0.5 })).toThrow(/no whole number/);
});
