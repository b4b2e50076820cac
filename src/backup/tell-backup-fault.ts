import { assertNever } from "../result.ts";
import type { BackupFault } from "./backup-fault.ts";

/** What went wrong and what to do, in plain text for a terminal. */
export function tellBackupFault(fault: BackupFault): string {
  switch (fault.kind) {
    case "folder_in_use":
      return `${fault.folder} holds something already. Name a folder that is not there yet, or an empty one.`;
    case "unwritable":
      return fault.code === "ENOSPC" || fault.code === "EFBIG" || fault.code === "EDQUOT"
        ? `${fault.file} cannot be written: there is no more room (${fault.code}). Free some, or name a folder on another disk.`
        : `${fault.file} cannot be written (${fault.code}). Name a folder that this user may write to.`;
    case "no_export":
      return `${fault.folder} holds no whole export: there is no manifest.json, which kpi export writes last. Name the folder that was given to kpi export.`;
    case "damaged":
      return `${fault.file} ${damages[fault.what]} Take another copy of the export.`;
    case "newer_export":
      return `The export was made by version ${fault.version}, which is newer (${fault.migrations.join(", ")}). Restore it with that version.`;
    case "newer_database":
      return `The database is of a newer version than the export (${fault.migrations.join(", ")}). Name one on which nothing has run yet; the newer schema is made after the rows are in.`;
    case "database_in_use":
      return `The database holds rows already, in ${listed(fault.tables)}. Name an empty one in DATABASE_URL, or another folder in KPI_DATA_DIR.`;
    case "refused":
      return `The database does not take the rows of ${fault.table} (SQLSTATE ${fault.sqlState}). See its log.`;
    case "interrupted":
      return "Interrupted.";
    default:
      return assertNever(fault);
  }
}

const damages = {
  missing: "is not there.",
  content: "is not what was written: its checksum is another.",
  manifest: "cannot be read.",
} satisfies Record<Extract<BackupFault, { kind: "damaged" }>["what"], string>;

const MOST = 5;

function listed(tables: readonly string[]): string {
  const shown = tables.slice(0, MOST).join(", ");
  return tables.length > MOST ? `${shown} and ${tables.length - MOST} more` : shown;
}
