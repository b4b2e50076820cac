import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellConfigFaults } from "../../src/cli/tell-start-fault.ts";
import { companyKeys, environmentNames, loadConfig } from "../../src/config/index.ts";

const root = path.resolve(import.meta.dirname, "../..");
const canary = "c4n4ry";
/** What is no path, so that a value which nothing is wrong with is not taken for wrong. */
const checked = environmentNames.filter(
  (name) => !["KPI_DATA_DIR", "KPI_CONFIG", "POSTGRES_BIN", "HOST", "ADMIN_HOST"].includes(name),
);
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "never-by-value-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Right in no variable: a blank is in it. */
const wrongValue = fc.oneof(
  fc.constantFrom(
    `${canary} x`,
    `xoxb-${canary} x`,
    `\t${canary}\n${canary}`,
    `postgres//${canary} y`,
  ),
  fc.string().map((text) => `${canary} ${text}`),
);

function told(env: Record<string, string>): string {
  const config = loadConfig(env, folder);
  return config.ok ? "" : tellConfigFaults(config.fault);
}

test("every wrong variable is named, all at once, and no value is", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...checked), { minLength: 1 }),
      fc.array(wrongValue, { minLength: checked.length, maxLength: checked.length }),
      (names, values) => {
        const said = told(Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""])));
        for (const name of names) expect(said).toMatch(new RegExp(`^${name}:`, "m"));
        expect(said).not.toContain(canary);
      },
    ),
    { numRuns: 1_000 },
  );
});

test("what is missing is told beside what is wrong", () => {
  const said = told({ PORT: "eighty", SLACK_BOT_TOKEN: `xoxb-${canary}`, LOG_LEVEL: "loud" });
  expect(said).toMatch(/^PORT:[\s\S]*^LOG_LEVEL:/m);
  expect(said).toMatch(/^SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: neither is there/m);
});

test("a wrong variable does not have another kpi.yaml read than the one that is named", () => {
  writeFileSync(path.join(folder, "named.yaml"), "theme: purple\n");
  const said = told({ PORT: "eighty", KPI_CONFIG: path.join(folder, "named.yaml") });
  expect(said).toMatch(/^named\.yaml:1 theme:/m);
});

test("no value of kpi.yaml is told, whatever is wrong with it", () => {
  const value = fc.constantFrom(
    canary,
    `"${canary}`,
    `[${canary}, [${canary}]]`,
    `{ x: ${canary} }`,
    `*${canary}`,
    `!${canary} x`,
    `&a ${canary}`,
    `@${canary}`,
    `\`${canary}`,
    `%${canary}`,
    `- ${canary}`,
    `a: ${canary}: b`,
    `|9\n${canary}`,
    `\t${canary}`,
  );
  const lines = fc.array(fc.tuple(fc.constantFrom(...companyKeys), value), { minLength: 1 });
  fc.assert(
    fc.property(lines, (pairs) => {
      const text = pairs.map(([key, of]) => `${key}: ${of}`).join("\n");
      writeFileSync(path.join(folder, "kpi.yaml"), text);
      expect(told({})).not.toContain(canary);
    }),
    { numRuns: 500 },
  );
  rmSync(path.join(folder, "kpi.yaml"));
});

test("nor does the program itself say one when it does not start", () => {
  const names = [...checked, "SLACK_BOT_TOKEN_FILE"];
  const env = Object.fromEntries(names.map((name) => [name, `${canary} ${name}`]));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "src/cli/kpi.ts"), "serve"],
    { cwd: folder, env, encoding: "utf8" },
  );
  expect(status).toBe(1);
  for (const name of names) expect(stderr).toMatch(new RegExp(`^${name}:`, "m"));
  expect(stdout + stderr).not.toContain(canary);
});
