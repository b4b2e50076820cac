import { type Check, checkByType, checkFields, checkItems } from "./shape.ts";

const MANY = { least: 0, most: 1000 };

const checkSpan: Check = (span, at, report) => checkByType(span, at, report, SPANS);

const SPANS: Readonly<Record<string, Check>> = {
  text: (span, at, report) =>
    checkFields(span, at, report, { required: ["text"], optional: ["style"] }),
  link: (span, at, report) =>
    checkFields(span, at, report, { required: ["url"], optional: ["text", "style", "unsafe"] }),
  emoji: (span, at, report) =>
    checkFields(span, at, report, { required: ["name"], optional: ["unicode", "style"] }),
  user: (span, at, report) =>
    checkFields(span, at, report, { required: ["user_id"], optional: ["style"] }),
  usergroup: (span, at, report) =>
    checkFields(span, at, report, { required: ["usergroup_id"], optional: ["style"] }),
  channel: (span, at, report) =>
    checkFields(span, at, report, { required: ["channel_id"], optional: ["style"] }),
};

const checkRun: Check = (run, at, report) => {
  checkFields(run, at, report, { required: ["elements"], optional: ["border"] });
  const spans = checkItems(run.elements, `${at}/elements`, report, MANY);
  for (const [index, span] of spans.entries()) checkSpan(span, `${at}/elements/${index}`, report);
};

const checkListOfRuns: Check = (list, at, report) => {
  checkFields(list, at, report, {
    required: ["elements", "style"],
    optional: ["indent", "offset", "border"],
  });
  const items = checkItems(list.elements, `${at}/elements`, report, MANY);
  for (const [index, item] of items.entries()) checkRun(item, `${at}/elements/${index}`, report);
};

const PARTS: Readonly<Record<string, Check>> = {
  rich_text_section: checkRun,
  rich_text_preformatted: checkRun,
  rich_text_quote: checkRun,
  rich_text_list: checkListOfRuns,
};

export const checkRichText: Check = (block, at, report) => {
  checkFields(block, at, report, { required: ["elements"], optional: ["block_id"] });
  const parts = checkItems(block.elements, `${at}/elements`, report, MANY);
  for (const [index, part] of parts.entries()) {
    checkByType(part, `${at}/elements/${index}`, report, PARTS);
  }
};
