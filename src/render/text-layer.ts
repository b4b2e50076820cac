import { unescapeXml } from "./svg.ts";

/** A line of text where it is drawn: logical pixels of the whole sheet, `y` its baseline. */
export interface PlacedText {
  text: string;
  x: number;
  y: number;
  size: number;
  weight: number;
  fill: string;
  opacity: number;
  anchor: "start" | "middle" | "end";
}

interface Offset {
  x: number;
  y: number;
}

const tags = /<text([^>]*?)(?:\/>|>([^<]*)<\/text>)|<g([^>]*?)(\/?)>|<\/g>/g;

/**
 * Parts a card's SVG into its shapes and its lines of text. Cards and Vega's plots place text by
 * translations alone and draw nothing over it, so the text can be drawn last.
 * Throws for text that is placed in any other way.
 */
export function partText(svg: string): { shapes: string; texts: PlacedText[] } {
  const texts: PlacedText[] = [];
  const offsets: Offset[] = [{ x: 0, y: 0 }];
  const here = (): Offset => offsets.at(-1) ?? { x: 0, y: 0 };
  const shapes = svg.replace(tags, (tag, textAttributes, text, groupAttributes, empty) => {
    if (tag === "</g>") offsets.pop();
    else if (groupAttributes === undefined) {
      if (text) texts.push(placed(textAttributes, text, here()));
      return "";
    } else if (empty === "") offsets.push(moved(here(), groupAttributes));
    return tag;
  });
  if (shapes.includes("<text")) throw new Error("a text that cannot be placed");
  return { shapes, texts };
}

function placed(attributes: string, text: string, group: Offset): PlacedText {
  const { x, y } = moved(group, attributes);
  const number = (name: string, otherwise: number) =>
    Number.parseFloat(attribute(attributes, name) ?? String(otherwise));
  const anchor = attribute(attributes, "text-anchor");
  return {
    text: unescapeXml(text),
    x: x + number("x", 0),
    y: y + number("y", 0),
    size: number("font-size", 11),
    weight: attribute(attributes, "font-weight") === "bold" ? 600 : number("font-weight", 400),
    fill: attribute(attributes, "fill") ?? "#000",
    opacity: number("opacity", 1),
    anchor: anchor === "middle" || anchor === "end" ? anchor : "start",
  };
}

function moved({ x, y }: Offset, attributes: string): Offset {
  const transform = attribute(attributes, "transform");
  if (transform === null) return { x, y };
  const [, dx, dy] = /^translate\(([-\d.e]+),([-\d.e]+)\)$/.exec(transform) ?? [];
  if (dx === undefined || dy === undefined) throw new Error(`not a translation: ${transform}`);
  return { x: x + Number(dx), y: y + Number(dy) };
}

function attribute(attributes: string, name: string): string | null {
  return new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;
}
