import { mentionLabel, type NameOf } from "../text/mention-label.ts";
import { type Inline, type Paragraph, parseMrkdwn } from "../text/parse-mrkdwn.ts";

/** What a person reads, without the look: links show their address where the label is not it. */
export function plainMrkdwn(source: string, nameOf: NameOf): string {
  return parseMrkdwn(source)
    .map((paragraph) => plainParagraph(paragraph, nameOf))
    .join("\n");
}

function plainParagraph(paragraph: Paragraph, nameOf: NameOf): string {
  switch (paragraph.kind) {
    case "line":
      return plainInline(paragraph.content, nameOf);
    case "quote":
      return `| ${plainInline(paragraph.content, nameOf)}`;
    case "pre":
      return paragraph.text;
  }
}

function plainInline(content: readonly Inline[], nameOf: NameOf): string {
  return content.map((inline) => plainPiece(inline, nameOf)).join("");
}

function plainPiece(inline: Inline, nameOf: NameOf): string {
  switch (inline.kind) {
    case "text":
    case "code":
      return inline.text;
    case "bold":
    case "italic":
    case "strike":
      return plainInline(inline.content, nameOf);
    case "link":
      return inline.label === inline.url ? inline.url : `${inline.label} (${inline.url})`;
    case "mention":
      return mentionLabel(inline, nameOf);
  }
}
