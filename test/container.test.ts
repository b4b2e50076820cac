/** No container can be built everywhere; what its file names can be looked up everywhere. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
/** Instructions, with the lines joined that a backslash parts. */
const instructions = read("Containerfile")
  .replace(/^#.*\n/gm, "")
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter(Boolean);
const of = (name: string): string[] =>
  instructions
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.slice(name.length + 1));

describe("the Containerfile", () => {
  test("copies only what is there, and the ignore file lets through", () => {
    const sources = of("COPY")
      .filter((line) => !line.startsWith("--from="))
      .flatMap((line) => line.split(/\s+/).slice(0, -1));
    expect(sources.length).toBeGreaterThan(5);
    const admitted = read(".containerignore").match(/(?<=^!).+$/gm) ?? [];
    for (const source of sources) expect(existsSync(path.join(root, source)), source).toBe(true);
    expect([...admitted].sort()).toEqual([...sources].sort());
    expect(read("Containerfile.dockerignore")).toBe(read(".containerignore"));
  });

  test("runs a command that is there, not as root, without a secret", () => {
    const started = /exec \/app\/node \/app\/(\S+) "\$@"/.exec(of("RUN").join("\n"))?.[1] ?? "";
    expect(existsSync(path.join(root, started))).toBe(true);
    expect(of("USER")).toEqual(["node"]);
    expect(of("ENTRYPOINT")).toEqual(['["kpi"]']);
    expect(of("CMD").at(-1)).toBe('["serve"]');
    expect(instructions.join("\n")).not.toMatch(/_TOKEN|_SECRET|DATABASE_URL|PASSWORD/);
  });

  test("copies all that the program reads outside of src", () => {
    const copied = ["migrations", "package.json", "demo", "sandbox"];
    for (const name of copied) expect(of("COPY").join(" ")).toContain(name);
  });

  test("is what docs/running.md tells", () => {
    const running = read("docs/running.md");
    for (const port of of("EXPOSE").join(" ").split(" ")) expect(running).toContain(port);
    expect(running).toContain("-f Containerfile");
    expect(running).toContain("/data");
  });
});
