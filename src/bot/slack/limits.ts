/**
 * What Slack takes in one message. Characters are UTF-16 units, which is never less than what
 * Slack counts. Source: docs.slack.dev, block reference, unless a comment says otherwise.
 */
export const slackLimits = {
  blocks: 50,
  /** Recommended by Slack; it truncates at 40,000. */
  text: 4_000,
  header: 150,
  /** Not documented for rich text; that of a section, which is. */
  richText: 3_000,
  /** Of all blocks but the table. Not documented: `msg_blocks_too_long` has been seen above 13,000. */
  allText: 12_000,
  contextText: 2_000,
  tables: 1,
  tableRows: 100,
  tableColumns: 20,
  /** Of all cells together. */
  tableText: 10_000,
  buttons: 25,
  buttonText: 75,
  buttonValue: 2_000,
  actionId: 255,
  altText: 2_000,
  linkUrl: 3_000,
} as const;
