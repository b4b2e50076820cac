import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { fontFamilies } from "../../src/render/font-files.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** Runs a module in a process of its own, as Skia loads its fonts once a process. */
async function inProcess(source: string, env: Record<string, string> = {}): Promise<string> {
  const args = ["--input-type=module", "--eval", source];
  const { stdout } = await run(process.execPath, args, { cwd: root, env: { PATH: "", ...env } });
  return stdout.trim();
}

const drawHash = `
  import { createHash } from "node:crypto";
  import { drawTrend } from "./src/render/index.ts";
  import { aTrend } from "./test/render/trend-cards.ts";
  const { png } = await drawTrend(aTrend({ title: "Adoption 佐藤 🚀" }));
  console.log(createHash("sha256").update(png).digest("hex"));
`;

const fault = (call: string) => `
  import { addFonts } from "./src/render/index.ts";
  try { ${call} } catch (e) { console.log(e.name, e.fault, e.message) }
`;

test("every bundled font is there, as TrueType", () => {
  const files = fontFamilies.flatMap((family) => Object.values(family.files));
  expect(files).toHaveLength(6);
  for (const file of files) expect(readFileSync(file).readUInt32BE(0)).toBe(0x00010000);
});

test("a picture is the same in any zone and locale, and whatever fontconfig is told", async () => {
  const hashes = [
    await inProcess(drawHash),
    await inProcess(drawHash, {
      FONTCONFIG_FILE: "/nowhere/fonts.conf",
      FONTCONFIG_PATH: "/nowhere",
      HOME: "/nowhere",
    }),
    await inProcess(drawHash, {
      TZ: "Pacific/Kiritimati",
      LC_ALL: "tr_TR.UTF-8",
      LANG: "tr_TR.UTF-8",
    }),
  ];
  expect(new Set(hashes).size).toBe(1);
}, 60_000);

test("no font of the system is known", async () => {
  const source = `
    import { familyList } from "./src/render/skia.ts";
    familyList();
    const { GlobalFonts } = await import("@napi-rs/canvas");
    console.log(GlobalFonts.families.map(({ family }) => family).join(", "));
  `;
  const known = (await inProcess(source)).split(", ");
  expect(new Set(known)).toEqual(new Set(fontFamilies.map(({ name }) => name)));
});

test("fonts of the user's own are measured and drawn", async () => {
  const extra = path.dirname(fontFamilies[1]?.files[400] ?? "");
  const source = `
    import { addFonts } from "./src/render/index.ts";
    import { extraFonts } from "./src/render/extra-fonts.ts";
    import { familyList } from "./src/render/skia.ts";
    addFonts(${JSON.stringify(extra)});
    console.log(extraFonts().length, familyList());
  `;
  expect(await inProcess(source)).toBe('1 "Inter", "Noto Sans JP", "Noto Emoji", "Extra 1"');
});

test("a folder that is not there and a file that is no font are refused", async () => {
  expect(await inProcess(fault('addFonts("/nowhere")'))).toBe(
    "RenderError fonts the folder of fonts cannot be read",
  );
  const folder = mkdtempSync(path.join(tmpdir(), "throughline-test-"));
  writeFileSync(path.join(folder, "broken.ttf"), "no font");
  expect(await inProcess(fault(`addFonts(${JSON.stringify(folder)})`))).toBe(
    "RenderError fonts broken.ttf is no font",
  );
  rmSync(folder, { recursive: true });
});
