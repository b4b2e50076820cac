import type { CommandContext } from "./command-context.ts";
import type { FloodGuard } from "./flood-guard.ts";
import type { KnownFacts } from "./known-facts.ts";
import type { ShareGuard } from "./share-guard.ts";

/** What questions from chat platforms need beside what all commands need. */
export interface ChatContext extends CommandContext {
  /** Channels, as `slack:C0ALL`, where an answer is the asker's alone unless the question says otherwise. */
  privateChannels: ReadonlySet<string>;
  facts: KnownFacts;
  flood: FloodGuard;
  sharing: ShareGuard;
}
