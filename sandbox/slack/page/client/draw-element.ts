import { isObject, type JsonObject } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import { askConfirm } from "./ask-confirm.ts";
import { drawControl } from "./draw-control.ts";
import { pictureOf } from "./draw-image.ts";
import type { Drawing } from "./drawing.ts";
import { optionsOf, plain } from "./options.ts";
import { whileWaiting } from "./while-waiting.ts";

/** A button, a menu, another thing that acts when it is changed, or a small image. */
export function drawElement(one: JsonObject, blockId: string, drawing: Drawing): Node {
  switch (one.type) {
    case "button":
      return drawButton(one, blockId, drawing);
    case "overflow":
      return drawOverflow(one, blockId, drawing);
    case "image":
      return pictureOf(one, drawing.files);
    default:
      return drawControl(one, blockId, drawing, (control, option) =>
        perform(control, one, { blockId, option }, drawing),
      );
  }
}

function drawButton(one: JsonObject, blockId: string, drawing: Drawing): Node {
  const label = plain(one.text);
  const look = { class: `button ${String(one.style ?? "")}`.trim() };
  const link = typeof one.url === "string" && /^https?:/i.test(one.url) ? one.url : null;
  const button = link
    ? element("a", { ...look, href: link, target: "_blank", rel: "noopener noreferrer" }, label)
    : element("button", { ...look, type: "button" }, label);
  if (typeof one.accessibility_label === "string") {
    button.setAttribute("aria-label", one.accessibility_label);
  }
  // A link is a button too: the app hears of it while the page opens.
  button.addEventListener("click", () => void perform(button, one, { blockId }, drawing));
  return button;
}

function drawOverflow(one: JsonObject, blockId: string, drawing: Drawing): Node {
  const menu = element(
    "select",
    { class: "menu", "aria-label": "More actions" },
    element("option", { value: "" }, "…"),
    ...optionsOf(one),
  );
  menu.addEventListener("change", () => {
    const option = menu.value;
    menu.value = "";
    if (option !== "") void perform(menu, one, { blockId, option }, drawing);
  });
  return menu;
}

/** Asks first where the element wants that; while the app is asked, nothing can be done twice. */
async function perform(
  control: HTMLElement,
  one: JsonObject,
  act: { blockId: string; option?: string | readonly string[] },
  drawing: Drawing,
): Promise<void> {
  if (isObject(one.confirm) && !(await askConfirm(one.confirm, drawing.around.names))) return;
  await whileWaiting(control, drawing.act({ ...act, actionId: String(one.action_id) }));
}
