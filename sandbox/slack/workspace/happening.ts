import type { Message } from "./message.ts";

/** What happens in the workspace. */
export type Happening =
  | { kind: "posted"; message: Message }
  | { kind: "changed"; message: Message; before: Message }
  | { kind: "deleted"; message: Message }
  /** Another organisation reads in the channel from now on. */
  | { kind: "shared"; channel: string }
  | { kind: "joined"; channel: string; user: string }
  /** Something else that whoever waits may be waiting for: a file, a view, an acknowledgement. */
  | { kind: "noted" };
