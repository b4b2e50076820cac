import type { JsonObject } from "../../json.ts";

/** What happens in the server. */
export type Happening =
  | { kind: "dispatch"; event: string; data: JsonObject }
  /** Something that only whoever waits may be waiting for. */
  | { kind: "noted" };
