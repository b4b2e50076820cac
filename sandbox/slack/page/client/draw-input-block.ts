import { isObject, type JsonObject } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import { drawControl } from "./draw-control.ts";
import type { Drawing } from "./drawing.ts";
import { plain } from "./options.ts";

/** A labelled control; one that dispatches tells the app of every change. */
export function drawInputBlock(block: JsonObject, drawing: Drawing): HTMLElement {
  const blockId = String(block.block_id);
  const one = isObject(block.element) ? block.element : {};
  const control = drawControl(one, blockId, drawing, (_, option) => {
    if (block.dispatch_action === true)
      void drawing.act({ blockId, actionId: String(one.action_id), option });
  });
  const id = `input-${blockId}`;
  const hint = plain(block.hint);
  const note = block.optional === true ? " (optional)" : "";
  const isGroup = control.classList.contains("choices");
  const name = element(isGroup ? "span" : "label", { class: "label" }, plain(block.label), note);
  if (isGroup) {
    name.id = `${id}-label`;
    control.setAttribute("aria-labelledby", name.id);
  } else {
    name.setAttribute("for", id);
    control.id = id;
    control.removeAttribute("aria-label");
  }
  control.setAttribute("aria-describedby", `${id}-error${hint ? ` ${id}-hint` : ""}`);
  return element(
    "div",
    { class: "block-input", "data-input": blockId },
    name,
    control,
    hint ? element("p", { class: "hint", id: `${id}-hint` }, hint) : null,
    element("p", { class: "error", id: `${id}-error`, role: "alert", hidden: true }),
  );
}
