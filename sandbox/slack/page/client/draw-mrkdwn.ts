import { element } from "../../../page/client/dom.ts";
import { mentionLabel } from "../../text/mention-label.ts";
import { type Inline, type Paragraph, parseMrkdwn } from "../../text/parse-mrkdwn.ts";

export type Names = Readonly<Record<string, string>>;

/** Slack's mrkdwn as nodes. */
export function drawMrkdwn(source: string, names: Names): DocumentFragment {
  const drawn = document.createDocumentFragment();
  const paragraphs = parseMrkdwn(source);
  for (const [index, paragraph] of paragraphs.entries()) {
    drawn.append(drawParagraph(paragraph, names));
    const next = paragraphs[index + 1];
    if (paragraph.kind === "line" && next?.kind === "line") drawn.append(element("br"));
  }
  return drawn;
}

function drawParagraph(paragraph: Paragraph, names: Names): Node {
  switch (paragraph.kind) {
    case "line":
      return drawInline(paragraph.content, names);
    case "quote":
      return element("blockquote", {}, drawInline(paragraph.content, names));
    case "pre":
      return element("pre", {}, paragraph.text);
  }
}

function drawInline(content: readonly Inline[], names: Names): DocumentFragment {
  const drawn = document.createDocumentFragment();
  for (const inline of content) drawn.append(drawPiece(inline, names));
  return drawn;
}

function drawPiece(inline: Inline, names: Names): Node {
  switch (inline.kind) {
    case "text":
      return document.createTextNode(inline.text);
    case "bold":
      return element("strong", {}, drawInline(inline.content, names));
    case "italic":
      return element("em", {}, drawInline(inline.content, names));
    case "strike":
      return element("s", {}, drawInline(inline.content, names));
    case "code":
      return element("code", {}, inline.text);
    case "link":
      return drawLink(inline.url, inline.label);
    case "mention":
      return element(
        "span",
        { class: "mention" },
        mentionLabel(inline, (id) => names[id] ?? id),
      );
  }
}

/** Only the web and mail are linked: an address of another kind is shown as what it is. */
export function drawLink(url: string, label: string): Node {
  if (!/^(https?:|mailto:)/i.test(url)) return document.createTextNode(label);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}
