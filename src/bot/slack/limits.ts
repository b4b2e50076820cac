/**
 * What Slack takes in one message, and nowhere else in this folder is a number of Slack's.
 * Characters are UTF-16 units, which is never less than what Slack counts. Source: docs.slack.dev,
 * block reference, unless a comment says otherwise. Sections are not sent: their text is markup,
 * rich text is a tree.
 */
export const slackLimits = {
  blocks: 50,
  /** Recommended by Slack, and all that an update takes; a new message is truncated at 40,000. */
  text: 4_000,
  header: 150,
  /** Not documented for rich text; that of a section, which is. */
  richText: 3_000,
  /** Of all blocks but the native tables. Not documented: `msg_blocks_too_long` has been seen above 13,000. */
  allText: 12_000,
  contextText: 2_000,
  tables: 1,
  /** The header is one of them. */
  tableRows: 100,
  tableColumns: 20,
  /** Of all cells of tables together. */
  tableText: 10_000,
  /** The header is one of them; one source says 201. */
  dataTableRows: 101,
  /** Of all cells of a message's data tables together. */
  dataTableText: 20_000,
  charts: 2,
  chartTitle: 50,
  chartSeries: 6,
  chartPoints: 20,
  /** Of a category, and of a series' name. */
  chartLabel: 20,
  chartAxisLabel: 50,
  /** Buttons and menus of one block. */
  actions: 25,
  buttonText: 75,
  buttonValue: 2_000,
  placeholder: 150,
  choices: 100,
  choiceText: 75,
  choiceValue: 150,
  actionId: 255,
  altText: 2_000,
  /** Of an uploaded file: `alt_txt`. */
  fileAltText: 1_000,
  linkUrl: 3_000,
} as const;
