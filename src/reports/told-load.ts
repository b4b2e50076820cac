/** What a load of the sources brought, as its run keeps it: counts and times, no value of a row. */
export interface ToldLoad {
  kind: "load";
  /** The mapping, or the folder. */
  from: string;
  tables: readonly LoadedRows[];
}

export interface LoadedRows {
  table: string;
  read: number;
  new: number;
  changed: number;
  deleted: number;
  rejected: number;
  /** An ISO instant; null for tables without event times and for empty ones. */
  completeThrough: string | null;
}
