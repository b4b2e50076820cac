/** Slack's limits of messages and blocks, in characters or pieces. */

export const MESSAGE_LIMITS = {
  text: 40_000,
  /** Of a text that takes another's place (chat.update). */
  updatedText: 4_000,
  blocks: 50,
  /** Of all blocks but tables together. Not documented: `msg_blocks_too_long` has been seen from here on. */
  blockCharacters: 13_000,
  /** Of all cells of a message's tables together. */
  tableCharacters: 10_000,
  /** Of all cells of all data tables of a message together. */
  dataTableCharacters: 20_000,
  tables: 1,
  dataVisualizations: 2,
  fileAltText: 1000,
} as const;

export const VIEW_LIMITS = {
  blocks: 100,
  title: 24,
  privateMetadata: 3000,
  callbackId: 255,
  bytes: 250_000,
} as const;

export const CONFIRM_LIMITS = { title: 100, text: 300, confirm: 30, deny: 30 } as const;

export const BLOCK_LIMITS = {
  blockId: 255,
  header: 150,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  contextElements: 10,
  contextText: 3000,
  actionElements: 25,
  inputLabel: 2000,
  imageAltText: 2000,
  imageTitle: 2000,
  imageUrl: 3000,
} as const;

export const ELEMENT_LIMITS = {
  actionId: 255,
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  accessibilityLabel: 75,
  placeholder: 150,
  options: 100,
  overflowOptions: 5,
  /** Of checkboxes and radio buttons. */
  choices: 10,
  inputText: 3000,
  optionText: 75,
  optionValue: 150,
} as const;

export const TABLE_LIMITS = { rows: 100, columns: 20 } as const;

/** The header row is counted among the rows. */
export const DATA_TABLE_LIMITS = { rowsLeast: 2, rows: 101, columns: 20, pageSize: 100 } as const;

export const CHART_LIMITS = {
  title: 50,
  axisLabel: 50,
  label: 20,
  seriesName: 20,
  series: 6,
  segments: 6,
  points: 20,
} as const;
