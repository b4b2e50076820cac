/** What the commands work with; main puts it together. */

import type { Audience } from "../chat-connection.ts";
import type { Log } from "../log.ts";
import type { Message, Picture } from "../message.ts";
import type { MetricQuery, Metrics } from "../metrics/index.ts";
import type { AccessRules, Caller } from "../policy/index.ts";
import type { Result } from "../result.ts";
import type { AskFault, CsvFile, Offer, Voice } from "../wording/index.ts";
import type { Token } from "./lex-line.ts";

export interface CommandContext {
  metrics: Metrics;
  rules: AccessRules;
  voice: Voice;
  theme: "light" | "dark";
  /** The default metrics of the scorecard, ids in order. */
  scorecard: readonly string[];
  /** What a person types before the words: `/kpi`, or `kpi query` on the terminal. */
  prefix: string;
  log: Log;
}

export interface Ask {
  /** The line as it was typed. */
  line: string;
  /** Of the line, what comes after the command's own name. */
  tokens: readonly Token[];
  caller: Caller;
  now: Temporal.Instant;
  /** Straight from the source tables. */
  exact: boolean;
  /** A week that the command line gives beside the words; null: as the words say. */
  week: string | null;
}

export interface Told {
  message: Message;
  /** Draws the picture, for after the numbers are out; null when there is none. */
  draw: (() => Promise<Picture | null>) | null;
  /** The answer as data, for `--json`. */
  data: unknown;
  /** Metrics of which it tells a figure, or what was said of one: the audit has the sensitive ones. */
  metrics: readonly string[];
  /** What these are filtered by. */
  filters?: MetricQuery["filters"];
  /** Who shall see it, as the question says; null: as it is usual there. */
  audience?: Audience | null;
  /** For the asker alone, whatever the question says: it names what others may not know of. */
  isPersonal?: boolean;
  /** What asks for exactly this again, for a button; absent: what was typed. */
  line?: string;
  /** Its numbers as a file; absent: there are none. */
  csv?: () => CsvFile;
  /** What may be asked next, for buttons and menus. */
  next?: readonly Offer[];
}

/** A file a command. The one called `<metric>` is what every line is that names no other. */
export interface Command {
  name: string;
  usage: string;
  /** One line for the help. */
  what: string;
  examples: readonly string[];
  run(context: CommandContext, ask: Ask): Promise<Result<Told, AskFault>>;
}
