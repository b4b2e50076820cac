export { isConnectionLoss, sqlState } from "./connection-loss.ts";
export { databaseCode } from "./database-code.ts";
export { type DatabaseState, databaseState } from "./database-state.ts";
export type { EmbeddedFault, EmbeddedOptions, EmbeddedServer } from "./embedded/embedded-server.ts";
export { startEmbedded } from "./embedded/start-embedded.ts";
export { knownMigrations, migrate, pendingMigrations } from "./migrate.ts";
export { type DatabaseOptions, openDatabase } from "./open-database.ts";
export type { Database, Sql, TransactionOptions } from "./sql.ts";
export { type Unavailable, whyUnavailable } from "./why-unavailable.ts";
