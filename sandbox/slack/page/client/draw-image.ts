import { isObject, type JsonObject } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import type { FileView } from "../view.ts";

/** An image block. Pictures from elsewhere are not loaded; their address is shown instead. */
export function drawImage(block: JsonObject, files: ReadonlyMap<string, FileView>): Node {
  const title = isObject(block.title) ? String(block.title.text) : "";
  const picture = pictureOf(block, files);
  return element(
    "figure",
    { class: "block-image" },
    title === "" ? null : element("figcaption", {}, title),
    picture,
  );
}

/** The picture itself, small ones in a context or beside a section too. */
export function pictureOf(image: JsonObject, files: ReadonlyMap<string, FileView>): Node {
  const alt = String(image.alt_text ?? "");
  const id = isObject(image.slack_file) ? String(image.slack_file.id) : "";
  const file = files.get(id);
  return file ? drawFile(file, alt) : element("span", { class: "no-image" }, `[image: ${alt}]`);
}

/** What is no image is a link under which it is kept. */
export function drawFile(file: FileView, alt: string): Node {
  const { width, height } = file;
  if (width === 0)
    return element("a", { href: file.url, download: true, class: "file" }, file.title);
  const picture = element("img", { src: file.url, alt, width, height });
  const link = element("a", { href: file.url, target: "_blank", class: "picture" }, picture);
  return link;
}
