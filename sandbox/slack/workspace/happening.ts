import type { Message } from "./message.ts";

/** What happens in the workspace. */
export type Happening =
  | { kind: "posted"; message: Message }
  | { kind: "changed"; message: Message; before: Message }
  | { kind: "deleted"; message: Message }
  /** Something else that whoever waits may be waiting for: a file, a view, an acknowledgement. */
  | { kind: "noted" };
