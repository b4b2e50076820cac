export type ImportMode = "upsert" | "replace";

export interface RowCounts {
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  rejected: number;
  /** Rows that repeat another row of the same file in every column. */
  repeated: number;
}

export const noRows: RowCounts = {
  read: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  rejected: 0,
  repeated: 0,
};
