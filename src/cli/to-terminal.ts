/** A message as text for a terminal: the same words, laid out in lines and columns. */
import { type Block, type Column, cellText, type Message, type Text } from "../message.ts";
import { assertNever } from "../result.ts";

export function toTerminal(message: Message): string {
  return message.blocks
    .map(block)
    .filter((text) => text !== "")
    .join("\n\n");
}

function block(of: Block): string {
  switch (of.kind) {
    case "heading":
      return `${clean(of.text)}\n${"─".repeat(Math.min(78, [...of.text].length))}`;
    case "text":
    case "context":
      return plain(of.text);
    case "code":
      return clean(of.text.replaceAll("\t", "  "));
    case "fields":
      return columns(
        [
          { label: "", align: "left" },
          { label: "", align: "left" },
        ],
        of.fields.map(({ label, value }) => [label, plain(value)]),
      );
    case "table":
      return columns(of.columns, [
        of.columns.map((column) => column.label),
        ...of.rows.map((row) => row.map(cellText)),
      ]);
    case "chart":
    case "image":
    case "actions":
      return "";
    default:
      return assertNever(of);
  }
}

function plain(text: Text): string {
  if (typeof text === "string") return clean(text);
  return text
    .map((span) => {
      if (typeof span === "string") return clean(span);
      switch (span.kind) {
        case "strong":
        case "code":
          return clean(span.text);
        case "link":
          return `${clean(span.text)} (${span.url})`;
        case "mention":
          return clean(span.name);
        default:
          return assertNever(span);
      }
    })
    .join("");
}

/** Names come from data: no escape sequence of theirs may reach the terminal. */
function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => (character === "\n" ? "\n" : ""));
}

function columns(heads: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((_, i) => Math.max(...rows.map((row) => width(row[i] ?? ""))));
  return rows
    .map((row) =>
      row
        .map((cell, i) => pad(clean(cell), widths[i] ?? 0, heads[i]?.align ?? "left"))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function width(text: string): number {
  return [...new Intl.Segmenter().segment(clean(text))].length;
}

function pad(text: string, to: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, to - width(text)));
  return align === "left" ? text + space : space + text;
}
