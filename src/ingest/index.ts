export type { Reading } from "./csv/csv-file.ts";
export type { ImportFault } from "./fault.ts";
export { type CsvImport, type CsvSource, importCsv } from "./import-csv.ts";
export { type FolderImport, importFolder } from "./import-folder.ts";
export { importMapping, type MappingImport } from "./import-mapping.ts";
export type { ImportOptions, ImportProgress } from "./import-run.ts";
export { loadSources } from "./load-sources.ts";
export { unreadMapping } from "./mapping/read-mapping.ts";
export {
  type ProposedMapping,
  type ProposeRequest,
  proposeMapping,
} from "./propose/propose-mapping.ts";
export { isToldOf } from "./propose/propose-tables.ts";
export { readWeeklyCsv, type WeeklyCsvFault } from "./read-weekly-csv.ts";
export type { ImportReport } from "./report.ts";
export type { ImportMode } from "./row-counts.ts";
export { tellImport } from "./tell-import.ts";
export { tellFileFault, tellImportFault, tellSourceDatabase } from "./tell-import-fault.ts";
export { type BrokenView, brokenViews } from "./views/broken-views.ts";
export { type UnindexedView, unindexedViews } from "./views/unindexed-views.ts";
