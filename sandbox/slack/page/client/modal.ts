import { byId, element } from "../../../page/client/dom.ts";
import type { ViewShown } from "../view.ts";
import { drawBlock } from "./draw-blocks.ts";
import type { Surroundings } from "./drawing.ts";
import { readEntered } from "./entered.ts";
import { closeView, submitView } from "./server.ts";
import { viewDrawing } from "./view-drawing.ts";
import { whileWaiting } from "./while-waiting.ts";

/** The modal that the app has opened. What is typed in it stays until the app changes it. */
export class Modal {
  readonly #dialog = byId("modal", HTMLDialogElement);
  #shown: ViewShown | null = null;
  #user = "";

  constructor() {
    // Escape asks for its end like its buttons do; it goes when the app's place says so.
    this.#dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      void this.#close(false);
    });
    // A browser closes a dialog on a second Escape whatever it was asked; the app hears of it then.
    this.#dialog.addEventListener("close", () => void this.#close(false));
  }

  show(view: ViewShown | null, user: string, around: Surroundings): void {
    const isSame =
      view?.id === this.#shown?.id && view?.hash === this.#shown?.hash && user === this.#user;
    this.#user = user;
    if (isSame) return;
    this.#shown = view;
    // From here on its end is not the person's doing.
    if (!view) {
      this.#dialog.close();
      this.#dialog.replaceChildren();
      return;
    }
    this.#draw(view, around);
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#focus();
  }

  #draw(view: ViewShown, around: Surroundings): void {
    const drawing = viewDrawing(view, this.#user, around, this.#dialog, (what) => this.#say(what));
    const cross = element("button", { type: "button", class: "cross", "aria-label": "Close" }, "×");
    cross.addEventListener("click", () => void this.#close(view.isPushed));
    const cancel = element("button", { type: "button", class: "button" }, view.close);
    cancel.addEventListener("click", () => void this.#close(false));
    const submit = element("button", { class: "button primary" }, view.submit);
    const form = element(
      "form",
      {},
      element(
        "header",
        { class: "dialog-head" },
        element("h2", { id: "modal-title" }, view.title),
        cross,
      ),
      element(
        "div",
        { class: "dialog-body" },
        ...view.blocks.map((block) => drawBlock(block, drawing)),
      ),
      element("p", { class: "error", id: "modal-error", role: "alert", hidden: true }),
      element("footer", { class: "dialog-foot" }, cancel, view.submit === "" ? null : submit),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit(view, submit);
    });
    this.#dialog.replaceChildren(form);
  }

  async #submit(view: ViewShown, button: HTMLButtonElement): Promise<void> {
    this.#tell({});
    this.#say(null);
    const sent = { user: this.#user, view: view.id, entered: readEntered(this.#dialog) };
    const submitted = await whileWaiting(button, submitView(sent));
    if (submitted.kind === "errors") this.#tell(submitted.errors);
    else if (submitted.kind === "failed") this.#say(submitted.reason);
  }

  async #close(all: boolean): Promise<void> {
    if (this.#shown) this.#say(await closeView({ user: this.#user, view: this.#shown.id, all }));
  }

  /** Words at the inputs of blocks; what is not named has none. The first of them gets the focus. */
  #tell(errors: Readonly<Record<string, string>>): void {
    let first: HTMLElement | null = null;
    for (const input of this.#dialog.querySelectorAll<HTMLElement>("[data-input]")) {
      const error = errors[input.dataset.input ?? ""];
      const place = input.querySelector<HTMLElement>(".error");
      const control = input.querySelector<HTMLElement>(".control");
      if (place) {
        place.hidden = error === undefined;
        place.textContent = error ?? "";
      }
      control?.setAttribute("aria-invalid", String(error !== undefined));
      if (error !== undefined) first ??= control;
    }
    first?.focus();
  }

  /** Words at the foot; null takes them away. */
  #say(what: string | null): void {
    const place = this.#dialog.querySelector<HTMLElement>("#modal-error");
    if (!place) return;
    place.hidden = what === null;
    place.textContent = what ?? "";
  }

  #focus(): void {
    const wanted =
      this.#dialog.querySelector<HTMLElement>("[autofocus]") ??
      this.#dialog.querySelector<HTMLElement>(".dialog-body .control");
    wanted?.focus();
  }
}
