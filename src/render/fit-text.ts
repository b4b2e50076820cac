import { graphemesOf } from "./font-coverage.ts";
import type { Weight } from "./font-files.ts";
import { textWidth } from "./text-width.ts";

/** Cuts a line to `width` pixels between graphemes, so that no accent or emoji is split. */
export function fitText(text: string, width: number, size: number, weight: Weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const parts = graphemesOf(text);
  const cut = (count: number) => `${parts.slice(0, count).join("").trimEnd()}…`;
  const fits = mostThat(parts.length - 1, (count) => textWidth(cut(count), size, weight) <= width);
  return cut(fits);
}

/** Shrinks a line down to the size `smallest` before it is cut: a figure without its end is another. */
export function shrinkText(
  text: string,
  width: number,
  { size, smallest, weight = 400 }: { size: number; smallest: number; weight?: Weight | undefined },
): { text: string; size: number } {
  let fitting = size;
  while (fitting > smallest && textWidth(text, fitting, weight) > width) fitting--;
  return { text: fitText(text, width, fitting, weight), size: fitting };
}

export interface Lines {
  width: number;
  most: number;
  size: number;
  weight?: Weight;
}

/**
 * Breaks a text into at most `most` lines, at spaces or, within a word that is wider than a line
 * (and in scripts without spaces), between graphemes; what is left over ends in an ellipsis.
 */
export function wrapText(text: string, { width, most, size, weight = 400 }: Lines): string[] {
  const lines: string[] = [];
  let rest = text;
  while (lines.length < most - 1 && textWidth(rest, size, weight) > width) {
    const parts = graphemesOf(rest);
    const start = (count: number) => parts.slice(0, count).join("");
    const fits = mostThat(
      parts.length - 1,
      (count) => textWidth(start(count).trimEnd(), size, weight) <= width,
    );
    const space = parts[fits] === " " ? fits : parts.lastIndexOf(" ", fits - 1);
    const line = start(space > 0 ? space : Math.max(1, fits));
    lines.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  return [...lines, fitText(rest, width, size, weight)];
}

/** The largest count up to `limit` that passes, by halving; 0 when none does. */
function mostThat(limit: number, passes: (count: number) => boolean): number {
  let most = 0;
  let tooMany = limit + 1;
  while (tooMany - most > 1) {
    const middle = (most + tooMany) >> 1;
    if (passes(middle)) most = middle;
    else tooMany = middle;
  }
  return most;
}
