import { shrinkText } from "./fit-text.ts";
import { type Box, svgRect, svgText } from "./svg.ts";
import { fittedText, type Part } from "./text-lines.ts";
import { textWidth } from "./text-width.ts";
import { type Palette, type Tone, toneColour } from "./theme.ts";

interface Titled {
  title: string;
  value: string;
  pill: { text: string; tone: Tone };
}

const bold = { weight: 600 } as const;
/** What value and pill may take from the title. */
const widest = { pill: 212, value: 200 } as const;
const height = 28;

/** A card's first line: the title to the left, value and pill to the right. */
export function titleLine(
  card: Titled,
  { x, y, width }: Omit<Box, "height">,
  palette: Palette,
): Part {
  const pill = pillOf(card.pill, x + width, y - 1, palette);
  const value = shrinkText(card.value, widest.value, { size: 24, smallest: 14, weight: 600 });
  const end = { ...bold, size: value.size, fill: palette.text, anchor: "end" } as const;
  const room = pill.left - textWidth(value.text, value.size, 600) - 16 - x;
  const big = { ...bold, size: 18, smallest: 15, fill: palette.text } as const;
  const title = fittedText(x, y + 20, card.title, room, big);
  const figure = svgText(pill.left, y + 21.5, value.text, end);
  return { svg: title + figure + pill.svg, bottom: y + height };
}

function pillOf(pill: Titled["pill"], right: number, y: number, palette: Palette) {
  if (pill.text === "") return { svg: "", left: right };
  const { text, size } = shrinkText(pill.text, widest.pill, {
    size: 14,
    smallest: 11,
    weight: 600,
  });
  const width = textWidth(text, size, 600) + 22;
  const box = { x: right - width, y, width, height };
  const style = { ...bold, size, fill: toneColour(palette, pill.tone) };
  const ground = svgRect(box, height / 2, palette.soft[pill.tone]);
  return { svg: ground + svgText(box.x + 11, y + 19, text, style), left: box.x - 12 };
}
