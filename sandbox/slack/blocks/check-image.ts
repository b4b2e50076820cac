import { isObject, type JsonObject } from "../../json.ts";
import { checkText } from "./check-text.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import type { Report } from "./report.ts";
import { type Check, checkFields, checkString } from "./shape.ts";

export const checkImage: Check = (block, at, report) => {
  checkFields(block, at, report, {
    required: ["alt_text"],
    optional: ["image_url", "slack_file", "title", "block_id"],
  });
  checkText(block.title, `${at}/title`, report, { most: BLOCK_LIMITS.imageTitle, plainOnly: true });
  checkSource(block, at, report);
};

/** An image inside a context or beside a section. */
export const checkImageElement: Check = (element, at, report) => {
  checkFields(element, at, report, {
    required: ["alt_text"],
    optional: ["image_url", "slack_file"],
  });
  checkSource(element, at, report);
};

function checkSource(image: JsonObject, at: string, report: Report): void {
  checkString(image.alt_text, `${at}/alt_text`, report, { most: BLOCK_LIMITS.imageAltText });
  checkString(image.image_url, `${at}/image_url`, report, {
    least: 1,
    most: BLOCK_LIMITS.imageUrl,
  });
  if ((image.image_url === undefined) === (image.slack_file === undefined)) {
    report.fault(at, "must provide exactly one of image_url and slack_file");
  }
  if (image.slack_file === undefined) return;
  const id = isObject(image.slack_file) ? image.slack_file.id : undefined;
  if (typeof id !== "string") report.fault(`${at}/slack_file`, "missing required field: id");
  else if (!report.isFileReady(id)) report.tooEarly(`${at}/slack_file`);
}
