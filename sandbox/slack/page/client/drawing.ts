import type { JsonObject } from "../../../json.ts";
import type { FileView, PageView } from "../view.ts";

/** What a person did with an element; `option` is what they chose or typed. */
export interface ElementAct {
  blockId: string;
  actionId: string;
  option?: string | readonly string[];
}

/** Who and what there is besides the messages themselves. */
export type Surroundings = Pick<PageView, "names" | "people" | "channels" | "shortcuts">;

/** What drawing blocks needs to know and to do. */
export interface Drawing {
  around: Surroundings;
  files: ReadonlyMap<string, FileView>;
  /** Pixels a chart may take, so that its letters stay legible. */
  width: number;
  /** Resolves when the app has answered, or has not. */
  act(act: ElementAct): Promise<void>;
  /** What the app offers for what is typed in an external menu. */
  suggest(typed: ElementAct & { value: string }): Promise<readonly JsonObject[]>;
}

/** Is told when a control was changed; `option` is what stands in it then. */
export type Changed = (control: HTMLElement, option: string | string[]) => void;
