export { RowMismatch } from "./check-rows.ts";
export { isConnectionLoss, sqlState } from "./connection-loss.ts";
export { databaseCode } from "./database-code.ts";
export { type DatabaseState, databaseState } from "./database-state.ts";
export type { EmbeddedFault, EmbeddedOptions, EmbeddedServer } from "./embedded/embedded-server.ts";
export { startEmbedded } from "./embedded/start-embedded.ts";
export {
  GuestMisread,
  GuestShutOut,
  GuestTooLarge,
  GuestTooSlow,
  NoGuestLogin,
} from "./guest.ts";
export { knownMigrations, migrate, pendingMigrations } from "./migrate.ts";
export { type DatabaseOptions, openDatabase } from "./open-database.ts";
export {
  grantReading,
  type LoginFault,
  limitLogin,
  loginFaults,
  unreadable,
} from "./restrict-login.ts";
export type { Database, Guest, Sql, TransactionOptions } from "./sql.ts";
export { type Unavailable, whyUnavailable } from "./why-unavailable.ts";
