import { isList, isObject, type JsonObject } from "../../json.ts";
import { element } from "./dom.ts";
import { pictureOf } from "./draw-image.ts";
import type { Drawing } from "./drawing.ts";

/** A button, a menu or a small image. */
export function drawElement(one: JsonObject, drawing: Drawing): Node {
  switch (one.type) {
    case "button":
      return drawButton(one, drawing);
    case "static_select":
    case "overflow":
      return drawMenu(one, drawing);
    case "image":
      return pictureOf(one, drawing.files);
    default:
      return element("span", { class: "unknown-block" }, `[${String(one.type)}]`);
  }
}

function drawButton(one: JsonObject, drawing: Drawing): Node {
  const label = plain(one.text);
  const look = { class: `button ${String(one.style ?? "")}`.trim() };
  if (typeof one.url === "string" && /^https?:/i.test(one.url)) {
    const link = { ...look, href: one.url, target: "_blank", rel: "noopener noreferrer" };
    return element("a", link, label);
  }
  const button = element("button", { ...look, type: "button" }, label);
  if (typeof one.accessibility_label === "string") {
    button.setAttribute("aria-label", one.accessibility_label);
  }
  button.addEventListener("click", () => drawing.click(String(one.action_id)));
  return button;
}

function drawMenu(one: JsonObject, drawing: Drawing): Node {
  const label = plain(one.placeholder) || (one.type === "overflow" ? "…" : "Choose");
  const options = isList(one.options) ? one.options.filter(isObject) : [];
  const menu = element(
    "select",
    { class: "menu", "aria-label": label },
    element("option", { value: "" }, label),
    ...options.map((option) =>
      element("option", { value: String(option.value) }, plain(option.text)),
    ),
  );
  menu.addEventListener("change", () => {
    if (menu.value === "") return;
    drawing.click(String(one.action_id), menu.value);
    if (one.type === "overflow") menu.value = "";
  });
  return menu;
}

function plain(text: unknown): string {
  return isObject(text) && typeof text.text === "string" ? text.text : "";
}
