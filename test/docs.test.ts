import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { companyKeys, environmentNames } from "../src/config/index.ts";

const root = path.resolve(import.meta.dirname, "..");
const reference = readFileSync(path.join(root, "docs/reference.md"), "utf8");

describe("docs/reference.md names", () => {
  test.each(environmentNames)("the variable %s", (name) =>
    expect(reference).toContain(`\`${name}\``),
  );
  test.each(companyKeys)("the key %s of kpi.yaml", (name) =>
    expect(reference).toContain(`\`${name}\``),
  );

  test("every command and every option of the command line", async () => {
    const kpi = (...args: string[]) =>
      promisify(execFile)(process.execPath, [path.join(root, "src/cli/kpi.ts"), ...args]);
    const { stdout } = await kpi("--help");
    const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?= )/gm)]
      .map((match) => match[1] ?? "")
      .filter((name) => name !== "help");
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      expect(reference).toContain(`kpi ${command}`);
      const options = [...(await kpi(command, "--help")).stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(
        (match) => match[1] ?? "",
      );
      for (const option of options)
        expect(
          `${reference}${readFileSync(path.join(root, "docs/importing.md"), "utf8")}`,
          `${command} ${option}`,
        ).toContain(option);
    }
    // A process a command, one after the other.
  }, 120_000);

  test("every command of /kpi", async () => {
    const { commandNames } = await import("../src/commands/index.ts");
    for (const name of commandNames) expect(reference).toContain(`\`${name}`);
  });
});
