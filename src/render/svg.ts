import type { Weight } from "./font-files.ts";
import { fontFamily } from "./theme.ts";

const entities: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (character) => entities[character] ?? "");
}

const characters = new Map(Object.entries(entities).map(([character, name]) => [name, character]));

/** The text of what `escapeXml` wrote. */
export function unescapeXml(escaped: string): string {
  return escaped.replace(/&(?:lt|gt|amp|quot);/g, (name) => characters.get(name) ?? name);
}

/** A number of an attribute: two decimals, the same on every machine. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}

export interface TextStyle {
  size: number;
  weight?: Weight;
  fill: string;
  anchor?: "start" | "end" | "middle";
}

/** One line of text; `y` is its baseline. The text has been cleaned. */
export function svgText(x: number, y: number, text: string, style: TextStyle): string {
  if (text === "") return "";
  const anchor = style.anchor && style.anchor !== "start" ? ` text-anchor="${style.anchor}"` : "";
  return `<text x="${num(x)}" y="${num(y)}" font-family="${fontFamily}" font-size="${style.size}" font-weight="${style.weight ?? 400}" fill="${style.fill}"${anchor}>${escapeXml(text)}</text>`;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function svgRect(box: Box, radius: number, fill: string): string {
  return `<rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.width)}" height="${num(box.height)}" rx="${num(radius)}" fill="${fill}"/>`;
}

export interface LineStyle {
  stroke: string;
  width: number;
  dash?: string;
  round?: boolean;
}

export function svgLine(x1: number, y1: number, x2: number, y2: number, style: LineStyle): string {
  const dash = style.dash ? ` stroke-dasharray="${style.dash}"` : "";
  const cap = style.round ? ' stroke-linecap="round"' : "";
  return `<line x1="${num(x1)}" y1="${num(y1)}" x2="${num(x2)}" y2="${num(y2)}" stroke="${style.stroke}" stroke-width="${style.width}"${dash}${cap}/>`;
}
