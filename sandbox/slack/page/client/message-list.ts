import { arrange } from "../../../page/client/arrange.ts";
import { element } from "../../../page/client/dom.ts";
import { EndInSight } from "../../../page/client/end-in-sight.ts";
import type { MessageView } from "../view.ts";
import { drawMessage, type MessageActions } from "./draw-message.ts";
import type { Surroundings } from "./drawing.ts";

interface Listed {
  key: string;
  before: HTMLElement | null;
  empty: HTMLElement;
}

/** A list of messages that redraws only what has changed, and follows the newest while one is at the end. */
export class MessageList {
  readonly #place: HTMLElement;
  readonly #actions: MessageActions;
  readonly #inThread: boolean;
  readonly #end: EndInSight;
  #drawn = new Map<string, { json: string; node: HTMLElement }>();
  readonly #days = new Map<string, HTMLElement>();
  #key = "";

  constructor(place: HTMLElement, actions: MessageActions, inThread: boolean) {
    this.#place = place;
    this.#actions = actions;
    this.#inThread = inThread;
    this.#end = new EndInSight(place);
  }

  /**
   * `key` names what is listed: another list starts at its end. `before` and `empty` stand above the
   * messages, and where there are none.
   */
  show(messages: readonly MessageView[], around: Surroundings, listed: Listed): void {
    if (listed.key !== this.#key) this.#end.want();
    this.#key = listed.key;
    const drawn = new Map<string, { json: string; node: HTMLElement }>();
    const nodes: HTMLElement[] = listed.before ? [listed.before] : [];
    let day = "";
    for (const message of messages) {
      if (message.day !== day) nodes.push(this.#dayLine(message.day));
      day = message.day;
      const json = JSON.stringify(message);
      const before = this.#drawn.get(message.ts);
      const node =
        before?.json === json
          ? before.node
          : drawMessage(message, around, this.#actions, this.#inThread);
      drawn.set(message.ts, { json, node });
      nodes.push(node);
    }
    this.#drawn = drawn;
    arrange(this.#place, messages.length > 0 ? nodes : [listed.empty]);
    this.#end.keep();
  }

  #dayLine(day: string): HTMLElement {
    const line = this.#days.get(day) ?? element("div", { class: "day" }, element("span", {}, day));
    this.#days.set(day, line);
    return line;
  }
}
