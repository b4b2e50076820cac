/** Why a question was not answered, whatever it asked for: in plain words, and never with a figure. */
import type { Message } from "../message.ts";
import type { QuestionRefusal } from "../policy/index.ts";
import { figureless } from "./without-figures.ts";

/** Another bot is told nothing: two that answer each other never end. */
export type TellableRefusal =
  | Exclude<QuestionRefusal, "bot">
  | "too_fast"
  | "too_busy"
  | "old_button"
  | "not_shared"
  | "no_file"
  | "file_not_sent";

export function tellRefusal(refusal: TellableRefusal, prefix: string): Message {
  const [problem, next] = words[refusal];
  const text = `${problem} ${next.replaceAll("%", prefix)}`;
  return figureless({ summary: text, blocks: [{ kind: "text", text }] });
}

const words = {
  channel_external: [
    "Another organisation can read this channel, so no figures are told here.",
    "Ask in a channel of your own organisation.",
  ],
  channel_guests: [
    "Guests can read this channel, so no figures are told here.",
    "Ask in a channel without guests, or ask your operator to allow it (guests: true in kpi.yaml).",
  ],
  unchecked: [
    "Who can read this channel could not be checked just now, so nothing is told here.",
    "Try again in a minute. In a private channel, invite the bot first.",
  ],
  former_member: ["Figures are told to members only.", "Ask your operator if you are one."],
  stranger: [
    "Figures are told only to members of the organisation that runs this bot.",
    "Ask somebody there.",
  ],
  guest: [
    "Figures are not told to guests.",
    "Ask a member of the channel, or your operator for a full account.",
  ],
  too_fast: [
    "That was a lot of questions at once, so some of them get no answer.",
    "Wait a minute and ask again.",
  ],
  too_busy: [
    "Very many people are asking at this moment, so this question gets no answer.",
    "Wait a minute and ask again.",
  ],
  not_shared: [
    "It could not be posted in this channel.",
    "Invite the bot to the channel, then ask again.",
  ],
  no_file: [
    "There are no numbers here that could be put into a file.",
    "Type % help to see what can be asked.",
  ],
  file_not_sent: [
    "The file could not be sent to you.",
    "Try again in a minute. If it fails again, your operator can write the same file by --csv on the command line.",
  ],
  old_button: [
    "This button belongs to an older version of the bot and does nothing any more.",
    "Type % help to see what can be asked.",
  ],
} as const satisfies Record<TellableRefusal, readonly [string, string]>;
