import type { MessageView } from "../view.ts";
import { element } from "./dom.ts";
import { drawMessage, type MessageActions } from "./draw-message.ts";
import type { Surroundings } from "./drawing.ts";

/** A list of messages that redraws only what has changed, and follows the newest while one is at the end. */
export class MessageList {
  readonly #place: HTMLElement;
  readonly #actions: MessageActions;
  readonly #inThread: boolean;
  #drawn = new Map<string, { json: string; node: HTMLElement }>();
  #key = "";

  constructor(place: HTMLElement, actions: MessageActions, inThread: boolean) {
    this.#place = place;
    this.#actions = actions;
    this.#inThread = inThread;
    // A picture grows the list when it arrives; without this the newest message would slip out of sight.
    place.addEventListener("load", () => this.#follow && this.#toEnd(), { capture: true });
    new ResizeObserver(() => this.#follow && this.#toEnd()).observe(place);
    place.addEventListener("scroll", () => {
      this.#follow = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
    });
  }

  #follow = true;

  /** `key` names what is listed: another list starts at its end. */
  show(messages: readonly MessageView[], around: Surroundings, key: string): void {
    if (key !== this.#key) this.#follow = true;
    this.#key = key;
    const drawn = new Map<string, { json: string; node: HTMLElement }>();
    const nodes: HTMLElement[] = [];
    let day = "";
    for (const message of messages) {
      if (message.day !== day)
        nodes.push(element("div", { class: "day" }, element("span", {}, message.day)));
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
    this.#place.replaceChildren(...(nodes.length > 0 ? nodes : [nothingYet()]));
    if (this.#follow) this.#toEnd();
  }

  #toEnd(): void {
    this.#place.scrollTop = this.#place.scrollHeight;
  }
}

function nothingYet(): HTMLElement {
  return element("p", { class: "nothing" }, "Nothing has been said here yet.");
}
