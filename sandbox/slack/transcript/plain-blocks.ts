import { isObject, type Json, type JsonObject, objectsOf } from "../../json.ts";
import type { NameOf } from "../text/mention-label.ts";
import { plainMrkdwn } from "./plain-mrkdwn.ts";
import { plainRichText } from "./plain-rich-text.ts";
import { plainTable } from "./plain-table.ts";

/** Blocks as lines of text, pictures as `[image: alt]`. */
export function plainBlocks(blocks: readonly JsonObject[], nameOf: NameOf): string {
  return blocks
    .map((block) => plainBlock(block, nameOf))
    .filter((lines) => lines !== "")
    .join("\n");
}

function plainBlock(block: JsonObject, nameOf: NameOf): string {
  switch (block.type) {
    case "header":
      return plainText(block.text, nameOf);
    case "section":
      return [
        plainText(block.text, nameOf),
        ...plainFields(block.fields, nameOf),
        plainElement(block.accessory, nameOf),
      ]
        .filter(Boolean)
        .join("\n");
    case "context":
      return each(block.elements, (element) => plainElement(element, nameOf)).join("  ");
    case "actions":
      return each(block.elements, (element) => plainElement(element, nameOf)).join(" ");
    case "image":
      return plainElement(block, nameOf);
    case "divider":
      return "----";
    case "table":
    case "data_table":
      return plainTable(block, nameOf);
    case "data_visualization":
      return plainChart(block);
    case "rich_text":
      return plainRichText(block, nameOf);
    default:
      return `[${String(block.type)}]`;
  }
}

function plainFields(fields: Json | undefined, nameOf: NameOf): string[] {
  // A field is a label and a value on two lines; on one line they read better.
  return each(fields, (field) => plainText(field, nameOf).replaceAll("\n", ": "));
}

function plainText(text: Json | undefined, nameOf: NameOf): string {
  if (!isObject(text) || typeof text.text !== "string") return "";
  return text.type === "mrkdwn" ? plainMrkdwn(text.text, nameOf) : text.text;
}

function plainElement(element: Json | undefined, nameOf: NameOf): string {
  if (!isObject(element)) return "";
  switch (element.type) {
    case "image":
      return `[image: ${String(element.alt_text)}]`;
    case "button":
      return `[button: ${plainText(element.text, nameOf)}]`;
    case "static_select":
      return `[menu: ${plainText(element.placeholder, nameOf)}]`;
    case "overflow":
      return "[menu]";
    default:
      return plainText(element, nameOf);
  }
}

function plainChart(block: JsonObject): string {
  const chart = isObject(block.chart) ? block.chart : {};
  const lines =
    chart.type === "pie"
      ? [plainPoints(chart.segments)]
      : each(chart.series, (series) => `${String(series.name)}: ${plainPoints(series.data)}`);
  return [
    `[${String(chart.type)} chart: ${String(block.title)}]`,
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
}

function plainPoints(points: Json | undefined): string {
  return each(points, (point) => `${String(point.label)} ${String(point.value)}`).join(", ");
}

function each<T>(list: Json | undefined, make: (item: JsonObject) => T): T[] {
  return objectsOf(list).map(make);
}
