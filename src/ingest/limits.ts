/** What one file may ask of us; memory stays bounded by them whatever the file holds (FAULTS 38). */
export const limits = {
  /** Bytes of one value; the row of a larger one is rejected. */
  fieldBytes: 1 << 20,
  /** Bytes of one row; a larger one is rejected. Also what the scanner holds back at most. */
  rowBytes: 4 << 20,
  /** Postgres allows 1,600 columns in a table; two are ours. */
  columns: 1_598,
  /** Bytes of an identifier in Postgres. */
  nameBytes: 63,
  /** Rejected rows and rows of a check that a report tells in full. */
  toldRows: 100,
  /** Characters of a rejected value that a report quotes. */
  quotedCharacters: 80,
} as const;
