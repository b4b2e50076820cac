import { type JsonObject, objectsOf } from "../../json.ts";
import type { NameOf } from "../text/mention-label.ts";

/** A `rich_text` block as text, one line a part or list item. */
export function plainRichText(block: JsonObject, nameOf: NameOf): string {
  return objectsOf(block.elements)
    .flatMap((part) =>
      part.type === "rich_text_list"
        ? objectsOf(part.elements).map((item) => `- ${plainSpans(item, nameOf)}`)
        : [plainSpans(part, nameOf)],
    )
    .join("\n");
}

function plainSpans(part: JsonObject, nameOf: NameOf): string {
  return objectsOf(part.elements)
    .map((span) => plainSpan(span, nameOf))
    .join("");
}

function plainSpan(span: JsonObject, nameOf: NameOf): string {
  switch (span.type) {
    case "link":
      return span.text ? `${String(span.text)} (${String(span.url)})` : String(span.url);
    case "emoji":
      return `:${String(span.name)}:`;
    case "user":
      return `@${nameOf(String(span.user_id))}`;
    case "usergroup":
      return `@${nameOf(String(span.usergroup_id))}`;
    case "channel":
      return `#${nameOf(String(span.channel_id))}`;
    default:
      return String(span.text ?? "");
  }
}
