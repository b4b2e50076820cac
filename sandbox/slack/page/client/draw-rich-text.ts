import { isObject, type Json, type JsonObject, objectsOf } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import { drawLink, type Names } from "./draw-mrkdwn.ts";

export function drawRichText(block: JsonObject, names: Names): Node {
  const parts = objectsOf(block.elements).map((part) => drawPart(part, names));
  return element("div", { class: "rich-text" }, ...parts);
}

function drawPart(part: JsonObject, names: Names): Node {
  switch (part.type) {
    case "rich_text_list": {
      const items = objectsOf(part.elements).map((item) =>
        element("li", {}, ...drawSpans(item, names)),
      );
      return element(part.style === "ordered" ? "ol" : "ul", {}, ...items);
    }
    case "rich_text_preformatted":
      return element("pre", {}, ...drawSpans(part, names));
    case "rich_text_quote":
      return element("blockquote", {}, ...drawSpans(part, names));
    default:
      return element("div", {}, ...drawSpans(part, names));
  }
}

function drawSpans(part: JsonObject, names: Names): Node[] {
  return objectsOf(part.elements).map((span) => drawSpan(span, names));
}

function drawSpan(span: JsonObject, names: Names): Node {
  const nameOf = (id: Json | undefined) => names[String(id)] ?? String(id);
  switch (span.type) {
    case "link":
      return drawLink(String(span.url), String(span.text ?? span.url));
    case "emoji":
      return document.createTextNode(`:${String(span.name)}:`);
    case "user":
      return element("span", { class: "mention" }, `@${nameOf(span.user_id)}`);
    case "usergroup":
      return element("span", { class: "mention" }, `@${nameOf(span.usergroup_id)}`);
    case "channel":
      return element("span", { class: "mention" }, `#${nameOf(span.channel_id)}`);
    default:
      return styled(String(span.text ?? ""), isObject(span.style) ? span.style : {});
  }
}

const TAGS = { bold: "strong", italic: "em", strike: "s", code: "code" } as const;

function styled(text: string, style: JsonObject): Node {
  let node: Node = document.createTextNode(text);
  for (const [name, tag] of Object.entries(TAGS)) {
    if (style[name] === true) node = element(tag, {}, node);
  }
  return node;
}
