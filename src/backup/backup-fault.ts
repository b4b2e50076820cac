/** What an export or a restore may be refused for; nothing of it is left behind. */
export type BackupFault =
  | { kind: "folder_in_use"; folder: string }
  /** A file of the export, or its folder; `code` is the system's. */
  | { kind: "unwritable"; file: string; code: string }
  | { kind: "no_export"; folder: string }
  | { kind: "damaged"; file: string; what: "missing" | "content" | "manifest" }
  /** The export has migrations that this program does not know. */
  | { kind: "newer_export"; version: string; migrations: readonly string[] }
  /** The database has migrations that the export does not have. */
  | { kind: "newer_database"; migrations: readonly string[] }
  | { kind: "database_in_use"; tables: readonly string[] }
  /** The database does not take a table's rows. */
  | { kind: "refused"; table: string; sqlState: string }
  | { kind: "interrupted" };
