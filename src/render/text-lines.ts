import { shrinkText, wrapText } from "./fit-text.ts";
import { svgText, type TextStyle } from "./svg.ts";

/** A part of a card and the y below it. */
export interface Part {
  svg: string;
  bottom: number;
}

interface LinesAt {
  x: number;
  top: number;
  width: number;
  /** Lines; what does not fit on them ends in an ellipsis. */
  most: number;
}

/** A text on as many lines as it needs. */
export function textLines(text: string, { x, top, width, most }: LinesAt, style: TextStyle): Part {
  const height = style.size + 5;
  const weight = style.weight ?? 400;
  const texts = text === "" ? [] : wrapText(text, { width, most, size: style.size, weight });
  const svg = texts.map((line, i) => svgText(x, top + height * i + style.size + 1.5, line, style));
  return { svg: svg.join(""), bottom: top + height * texts.length };
}

/** One line, shrunk to `smallest` and then cut to `width`; `y` is its baseline. */
export function fittedText(
  x: number,
  y: number,
  text: string,
  width: number,
  style: TextStyle & { smallest: number },
): string {
  const fitted = shrinkText(text, width, style);
  return svgText(x, y, fitted.text, { ...style, size: fitted.size });
}
