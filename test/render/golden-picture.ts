/**
 * Pictures to compare with, in test/golden. When a picture is meant to change, run
 * `GOLDEN=write npm run vitest -- run test/render`, look at every changed file, and keep it.
 */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pixelmatch from "pixelmatch";
import sharp from "sharp";
import { expect } from "vitest";
import type { Drawing } from "../../src/render/index.ts";

const folder = path.resolve(import.meta.dirname, "../golden");
const writing = process.env.GOLDEN === "write";

interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

/** Where pixels are the same to the last bit; elsewhere another libm or compiler rounds apart. */
function pixelsAreComparable(): boolean {
  const glibc = /"glibcVersionRuntime"/.test(JSON.stringify(process.report.getReport()));
  return process.platform === "linux" && process.arch === "x64" && glibc;
}

/** The drawing's SVG and its decoded pixels are those of the golden files `name.svg` and `name.png`. */
export async function expectGolden(name: string, drawing: Drawing): Promise<void> {
  const svgFile = path.join(folder, `${name}.svg`);
  const pngFile = path.join(folder, `${name}.png`);
  if (writing) {
    writeFileSync(svgFile, `${drawing.svg}\n`);
    writeFileSync(pngFile, await sharp(drawing.png).png({ compressionLevel: 9 }).toBuffer());
    return;
  }
  expect(existsSync(pngFile), `no golden picture ${name}: see golden-picture.ts`).toBe(true);
  expect(`${drawing.svg}\n`).toBe(readFileSync(svgFile, "utf8"));
  if (!pixelsAreComparable()) {
    process.stderr.write(`${name}: pixels not compared, they are exact on linux x64 glibc only\n`);
    return;
  }
  const got = await decoded(drawing.png);
  const wanted = await decoded(readFileSync(pngFile));
  expect([got.width, got.height]).toEqual([wanted.width, wanted.height]);
  if (!got.data.equals(wanted.data)) {
    expect.fail(
      `${name} differs from its golden picture: ${await drawDifference(name, got, wanted)}`,
    );
  }
}

async function decoded(png: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Returns the folder with the new picture and the difference. Never decides: it has a tolerance. */
async function drawDifference(name: string, got: Pixels, wanted: Pixels): Promise<string> {
  const { width, height } = got;
  const difference = new Uint8Array(width * height * 4);
  const count = pixelmatch(got.data, wanted.data, difference, width, height, { threshold: 0 });
  const out = mkdtempSync(path.join(tmpdir(), "throughline-golden-"));
  const raw = { raw: { width, height, channels: 4 as const } };
  await sharp(got.data, raw)
    .png()
    .toFile(path.join(out, `${name}.png`));
  await sharp(difference, raw)
    .png()
    .toFile(path.join(out, `${name}-difference.png`));
  return `${count} pixels, see ${out}`;
}
