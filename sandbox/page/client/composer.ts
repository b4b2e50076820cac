import { element } from "./dom.ts";

/** The box at the bottom: Enter sends, Shift+Enter is a new line. What could not be sent stays. */
export class Composer {
  readonly #box = element("textarea", { rows: 1, autocomplete: "off" });
  readonly #button = element("button", { type: "submit", class: "button primary" }, "Send");
  readonly #send: (text: string) => Promise<boolean>;

  /** `send` resolves to whether it went. */
  constructor(form: HTMLFormElement, send: (text: string) => Promise<boolean>) {
    this.#send = send;
    form.append(this.#box, this.#button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#box.addEventListener("keydown", (event) => {
      // While an input method composes a word, Enter chooses it.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void this.#submit();
    });
    this.#box.addEventListener("input", () => this.#fit());
  }

  /** What it is for, an example of what may stand in it, and why nothing can be written here. */
  label({ name, hint, refusal }: { name: string; hint: string; refusal: string | null }): void {
    this.#box.setAttribute("aria-label", name);
    this.#box.placeholder = refusal ?? hint;
    this.#box.disabled = refusal !== null;
    this.#button.disabled = refusal !== null;
  }

  /** Puts words into the box, for the person to change or send. */
  fill(text: string): void {
    if (this.#box.disabled) return;
    this.#box.value = text;
    this.#fit();
    this.focus();
    this.#box.setSelectionRange(text.length, text.length);
  }

  focus(): void {
    this.#box.focus();
  }

  async #submit(): Promise<void> {
    const text = this.#box.value.trim();
    if (text === "") return;
    // Emptied at once, so that a second Enter does not send it twice.
    this.#box.value = "";
    if (!(await this.#send(text)) && this.#box.value === "") this.#box.value = text;
    this.#fit();
  }

  #fit(): void {
    this.#box.rows = Math.min(this.#box.value.split("\n").length, 8);
  }
}
