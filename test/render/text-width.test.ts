import sharp from "sharp";
import { expect, test } from "vitest";
import { fontFor } from "../../src/render/font-coverage.ts";
import { rasterise } from "../../src/render/rasterise.ts";
import { svgText } from "../../src/render/svg.ts";
import { textWidth } from "../../src/render/text-width.ts";

/** Pixels from the left edge of the first `|` to that of the last, as the rasteriser draws them. */
async function drawnWidth(text: string, size: number, weight: 400 | 600): Promise<number> {
  const enlarged = 2;
  const style = { size: size * enlarged, weight, fill: "#000000" };
  const line = svgText(20, 200, `|${text}|`, style);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="300">${line}</svg>`;
  const { png, width } = await rasterise({ svg, width: 4000, height: 300 });
  const scale = (width / 4000) * enlarged;
  const { data, info } = await sharp(png)
    .flatten({ background: "#ffffff" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Ink of a column, so that edges count by their coverage.
  const ink = (x: number) => {
    let sum = 0;
    for (let y = 0; y < info.height; y++)
      sum += 255 - (data[(y * info.width + x) * info.channels] ?? 255);
    return sum;
  };
  const columns = Array.from({ length: info.width }, (_, x) => ink(x));
  return (centreOfLastStroke(columns) - centreOfFirstStroke(columns)) / scale;
}

function centreOfFirstStroke(columns: number[]): number {
  const start = columns.findIndex((ink) => ink > 0);
  const length = columns.slice(start).indexOf(0);
  const stroke = columns.slice(start, start + length);
  const total = stroke.reduce((sum, ink) => sum + ink, 0);
  return start + stroke.reduce((sum, ink, i) => sum + ink * i, 0) / total;
}

function centreOfLastStroke(columns: number[]): number {
  return columns.length - 1 - centreOfFirstStroke(columns.toReversed());
}

test.each([
  ["Monthly Recurring Revenue", 13, 400],
  ["Monthly Recurring Revenue", 18, 600],
  ["$1,234,567.89 (31.1% to 54.7%)", 24, 600],
  ["▼ 1.9 points · → ↑ − … AVAToWy", 14, 600],
  ["größte Île-de-France Ελλάδα Привет", 13, 400],
  ["株式会社東京データ分析研究所", 13, 400],
  ["AVATAR To. Wa 11,111", 18, 600],
] as const)("%s at %d/%d is measured as it is drawn", async (text, size, weight) => {
  const bar = textWidth("|", size, weight);
  const measured = textWidth(`|${text}|`, size, weight) - bar;
  expect(Math.abs((await drawnWidth(text, size, weight)) - measured)).toBeLessThan(0.05);
});

test("each script is drawn in the first font that has it", () => {
  expect(fontFor("Revenue")).toMatch(/Inter_400/);
  expect(fontFor("佐藤")).toMatch(/NotoSansJP_400/);
  expect(fontFor("🚀")).toMatch(/NotoEmoji_400/);
  expect(fontFor("א")).toBeNull();
});
