export type { BackupFault } from "./backup-fault.ts";
export { type Exported, type ExportOptions, exportData } from "./export-data.ts";
export { type Manifest, readManifest } from "./manifest.ts";
export { type RestoreOptions, restoreData } from "./restore-data.ts";
export { tellBackupFault } from "./tell-backup-fault.ts";
