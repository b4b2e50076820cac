import { execFile } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { fontFamilies } from "../../src/render/font-files.ts";
import { fontsConf } from "../../src/render/fonts-conf.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** Runs a module in a process of its own, as fontconfig reads its settings once a process. */
async function inProcess(source: string, env: Record<string, string> = {}): Promise<string> {
  const args = ["--input-type=module", "--eval", source];
  const { stdout } = await run(process.execPath, args, { cwd: root, env: { PATH: "", ...env } });
  return stdout.trim();
}

function unpreparedConf(env: Record<string, string> = {}): Promise<string> {
  const source = `
    import { preparedFonts } from "./src/render/prepare-fonts.ts";
    preparedFonts();
    console.log(process.env.FONTCONFIG_FILE);
  `;
  return inProcess(source, env);
}

const drawHash = `
  import { createHash } from "node:crypto";
  import { drawTrend } from "./src/render/index.ts";
  import { aTrend } from "./test/render/trend-cards.ts";
  const { png } = await drawTrend(aTrend({ title: "Adoption 佐藤 🚀" }));
  console.log(createHash("sha256").update(png).digest("hex"));
`;

test("the settings know our folders only, escaped, and no hinting", () => {
  const conf = fontsConf({ directories: ["/fonts/a&b"], families: ["Inter"], cache: "/cache" });
  expect(conf.match(/<dir[ >].*?<\/dir>/g)).toEqual(["<dir>/fonts/a&amp;b</dir>"]);
  expect(conf).toContain('<edit name="hinting" mode="assign"><bool>false</bool></edit>');
  expect(conf).not.toContain("<include");
});

test("every bundled font is there, as TrueType", () => {
  const files = fontFamilies.flatMap((family) => Object.values(family.files));
  expect(files).toHaveLength(6);
  for (const file of files) expect(readFileSync(file).readUInt32BE(0)).toBe(0x00010000);
});

test("a picture is the same prepared or not, without system fonts, in any zone and locale", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "throughline-test-"));
  const prepare = `import { prepareFonts } from "./src/render/index.ts"; prepareFonts(${JSON.stringify(folder)});`;
  const hashes = [
    await inProcess(drawHash),
    await inProcess(prepare + drawHash),
    await inProcess(drawHash, {
      FONTCONFIG_FILE: "/nowhere/fonts.conf",
      FONTCONFIG_PATH: "/nowhere",
    }),
    await inProcess(drawHash, {
      TZ: "Pacific/Kiritimati",
      LC_ALL: "tr_TR.UTF-8",
      LANG: "tr_TR.UTF-8",
    }),
  ];
  expect(new Set(hashes).size).toBe(1);
  expect(readdirSync(folder).toSorted()).toEqual(["cache", expect.stringMatching(/^fonts-/)]);
  rmSync(folder, { recursive: true });
}, 60_000);

test("processes that prepare nothing share a folder that only their user may write", async () => {
  const confs = [await unpreparedConf(), await unpreparedConf()];
  expect(confs[0]).toBe(confs[1]);
  const folder = path.dirname(confs[0] ?? "");
  expect(
    readdirSync(folder).filter((name) => !/^(cache|fonts-[0-9a-f]{16}\.conf(\.\d+)?)$/.test(name)),
  ).toEqual([]);
  if (process.getuid) expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test.skipIf(!process.getuid)("a folder that others may write is not used", async () => {
  const temporary = mkdtempSync(path.join(tmpdir(), "throughline-test-"));
  const open = path.join(temporary, `throughline-fonts-${process.getuid?.()}`);
  mkdirSync(open);
  chmodSync(open, 0o777);
  const conf = await unpreparedConf({ TMPDIR: temporary });
  expect(path.dirname(conf)).toMatch(/throughline-fonts-\d+-\w+$/);
  expect(readdirSync(open)).toEqual([]);
  rmSync(temporary, { recursive: true });
});

test("a drawing without a folder to prepare its fonts in is refused, and says why", async () => {
  const source = `
    import { drawTrend } from "./src/render/index.ts";
    import { aTrend } from "./test/render/trend-cards.ts";
    await drawTrend(aTrend()).catch((e) => console.log(e.name, e.fault));
  `;
  expect(await inProcess(source, { TMPDIR: "/dev/null" })).toBe("RenderError fonts");
});

test("a worker thread is told that its drawing would not see the fonts", async () => {
  const source = `
    import { Worker } from "node:worker_threads";
    const code = 'import("./src/render/index.ts").then(async ({ prepareFonts }) => {' +
      'try { prepareFonts("x") } catch (e) { process.getBuiltinModule("node:worker_threads").parentPort.postMessage(e.name + " " + e.fault) } })';
    new Worker(code, { eval: true }).on("message", (m) => console.log(m));
  `;
  expect(await inProcess(source)).toBe("RenderError fonts");
});

test("fonts of the user's own are measured and drawn where ours lack a character", async () => {
  const extra = path.dirname(fontFamilies[1]?.files[400] ?? "");
  const source = `
    import { preparedFonts } from "./src/render/prepare-fonts.ts";
    import { prepareFonts } from "./src/render/index.ts";
    prepareFonts(${JSON.stringify(path.join(tmpdir(), "throughline-test-extra"))}, [${JSON.stringify(extra)}]);
    console.log(preparedFonts().extraFiles.length);
  `;
  expect(await inProcess(source)).toBe("1");
  rmSync(path.join(tmpdir(), "throughline-test-extra"), { recursive: true });
});
