import type { FileView } from "../view.ts";
import type { Names } from "./draw-mrkdwn.ts";

/** What drawing a message's blocks needs to know and to do. */
export interface Drawing {
  names: Names;
  files: ReadonlyMap<string, FileView>;
  /** Pixels a chart may take, so that its letters stay legible. */
  width: number;
  click(actionId: string, option?: string): void;
}
