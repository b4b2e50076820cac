import { type MarkShape, markShape } from "./mark-shape.ts";
import { type Box, svgRect } from "./svg.ts";
import { type Part, textLines } from "./text-lines.ts";
import { type Palette, type Tone, toneColour } from "./theme.ts";

interface StripVerdict {
  text: string;
  tone: Tone;
  shape: MarkShape;
}

const size = 13;

/** The verdict on a ground of its tone: a shape, then the words, on up to two lines. */
export function verdictStrip(
  verdict: StripVerdict,
  { x, y, width }: Omit<Box, "height">,
  palette: Palette,
): Part {
  const { tone, text, shape } = verdict;
  if (text === "") return { svg: "", bottom: y };
  const fill = toneColour(palette, tone);
  const at = { x: x + 30, top: y + 5, width: width - 42, most: 2 };
  const words = textLines(text, at, { size, fill, weight: tone === "neutral" ? 400 : 600 });
  const bottom = words.bottom + 7;
  const ground = svgRect({ x, y, width, height: bottom - y }, 6, palette.soft[tone]);
  return { svg: ground + markShape(shape, x + 16, y + 15, fill) + words.svg, bottom };
}
