import type { JsonObject } from "../../json.ts";
import type { Ack, Workspace } from "../workspace/workspace.ts";

/** One thing for the bot, whichever way it goes: a request's body, or an envelope's payload. */
export interface Delivery {
  kind: Ack["kind"];
  payload: JsonObject;
  /** How often it was sent before and what came of the last time; absent the first time. */
  retry?: { attempt: number; after: Failure };
  /** Signed so much later than now, in ms: a second time within a second has a signature of its own. */
  signedLaterMs?: number;
  /** Whether Slack makes something of what the acknowledgement says. */
  takesReply: boolean;
  /** How long it may stay unacknowledged. */
  withinMs: number;
}

type Failure = Exclude<Ack["outcome"], "acknowledged">;

export interface BotAnswer {
  outcome: Ack["outcome"];
  /** Of HTTP; 0 where there was no answer. */
  status: number;
  /** What the acknowledgement said: plain words are a `text`, nothing is null. */
  reply: JsonObject | null;
  /** The bot asked for no further attempt (X-Slack-No-Retry). */
  noRetry?: boolean;
}

/** What all deliveries share. */
export interface BotLine {
  workspace: Workspace;
  /** The sandbox's own address, for response addresses. */
  origin: string;
  /** Aborted when the sandbox stops. */
  stopped: AbortSignal;
  /** Brings one delivery to the bot by the way it is connected. Never rejects. */
  request(delivery: Delivery): Promise<BotAnswer>;
}
