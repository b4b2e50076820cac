import { isObject, type Json, type JsonObject, objectsOf } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import { drawChart } from "./draw-chart.ts";
import { drawElement } from "./draw-element.ts";
import { drawImage } from "./draw-image.ts";
import { drawInputBlock } from "./draw-input-block.ts";
import { drawMrkdwn, type Names } from "./draw-mrkdwn.ts";
import { drawRichText } from "./draw-rich-text.ts";
import { drawTable } from "./draw-table.ts";
import type { Drawing } from "./drawing.ts";

export function drawBlock(block: JsonObject, drawing: Drawing): Node {
  const blockId = String(block.block_id);
  switch (block.type) {
    case "header":
      return element("h3", { class: "block-header" }, drawText(block.text, drawing.around.names));
    case "section":
      return drawSection(block, drawing);
    case "context":
      return drawContext(block, drawing);
    case "divider":
      return element("hr");
    case "image":
      return drawImage(block, drawing.files);
    case "actions":
      return element(
        "div",
        { class: "block-actions" },
        ...objectsOf(block.elements).map((one) => drawElement(one, blockId, drawing)),
      );
    case "input":
      return drawInputBlock(block, drawing);
    case "table":
    case "data_table":
      return drawTable(block, drawing.around.names);
    case "data_visualization":
      return drawChart(block, drawing.width);
    case "rich_text":
      return drawRichText(block, drawing.around.names);
    default:
      return element("p", { class: "unknown-block" }, `[${String(block.type)}]`);
  }
}

/** A text object: plain, or mrkdwn. */
function drawText(text: Json | undefined, names: Names): Node {
  if (!isObject(text) || typeof text.text !== "string") return document.createTextNode("");
  return text.type === "mrkdwn" ? drawMrkdwn(text.text, names) : document.createTextNode(text.text);
}

function drawSection(block: JsonObject, drawing: Drawing): Node {
  const body = element("div", { class: "section-body" });
  if (block.text) body.append(element("div", {}, drawText(block.text, drawing.around.names)));
  const fields = objectsOf(block.fields);
  if (fields.length > 0) {
    const drawn = fields.map((field) =>
      element("div", { class: "field" }, drawText(field, drawing.around.names)),
    );
    body.append(element("div", { class: "fields" }, ...drawn));
  }
  const accessory = isObject(block.accessory)
    ? drawElement(block.accessory, String(block.block_id), drawing)
    : null;
  return element("div", { class: "block-section" }, body, accessory);
}

function drawContext(block: JsonObject, drawing: Drawing): Node {
  const parts = objectsOf(block.elements).map((one) =>
    one.type === "image"
      ? drawElement(one, String(block.block_id), drawing)
      : element("span", {}, drawText(one, drawing.around.names)),
  );
  return element("div", { class: "block-context" }, ...parts);
}
