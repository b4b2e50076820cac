import { isObject, type JsonObject, objectsOf } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import { drawExternalMenu } from "./draw-external-menu.ts";
import type { Changed, Drawing } from "./drawing.ts";
import { optionsOf, plain } from "./options.ts";

/**
 * Something that holds a value. Each is found again by its block and action, which stand on it as
 * data, when a form is read.
 */
export function drawControl(
  one: JsonObject,
  blockId: string,
  drawing: Drawing,
  changed: Changed,
): HTMLElement {
  const label = plain(one.placeholder);
  const mark = {
    class: "control",
    "data-block": blockId,
    "data-action": String(one.action_id),
    autofocus: one.focus_on_load === true,
  };
  switch (one.type) {
    case "plain_text_input":
    case "number_input":
    case "datepicker":
      return drawInput(one, { ...mark, placeholder: label }, changed);
    case "static_select":
      return drawMenu(one, mark, optionsOf(one), valueIn(one.initial_option), changed);
    case "multi_static_select":
      return drawMultiMenu(one, mark, changed);
    case "external_select":
      return drawExternalMenu(one, blockId, drawing, changed);
    case "users_select":
      return drawMenu(one, mark, choices(drawing.around.people), one.initial_user, changed);
    case "channels_select":
      return drawMenu(one, mark, choices(drawing.around.channels), one.initial_channel, changed);
    case "conversations_select": {
      const options = choices(drawing.around.channels);
      return drawMenu(one, mark, options, one.initial_conversation, changed);
    }
    case "checkboxes":
    case "radio_buttons":
      return drawChoices(one, mark, changed);
    default:
      return element("span", { class: "unknown-block" }, `[${String(one.type)}]`);
  }
}

type Mark = Record<string, string | boolean>;

function drawInput(one: JsonObject, mark: Mark, changed: Changed): HTMLElement {
  const input =
    one.multiline === true
      ? element("textarea", { ...mark, rows: 4 })
      : element("input", { ...mark, type: one.type === "datepicker" ? "date" : "text" });
  input.value = String(one.initial_value ?? one.initial_date ?? "");
  input.addEventListener("change", () => changed(input, input.value));
  return input;
}

function drawMenu(
  one: JsonObject,
  mark: Mark,
  options: readonly HTMLOptionElement[],
  initial: unknown,
  changed: Changed,
): HTMLElement {
  const label = plain(one.placeholder) || "Choose an option";
  const menu = element(
    "select",
    { ...mark, class: "control menu", "aria-label": label },
    element("option", { value: "" }, label),
    ...options,
  );
  menu.value = typeof initial === "string" ? initial : "";
  menu.addEventListener("change", () => {
    if (menu.value !== "") changed(menu, menu.value);
  });
  return menu;
}

function drawMultiMenu(one: JsonObject, mark: Mark, changed: Changed): HTMLElement {
  const initial = new Set(objectsOf(one.initial_options).map((option) => String(option.value)));
  const options = optionsOf(one);
  for (const option of options) option.selected = initial.has(option.value);
  const label = plain(one.placeholder) || "Choose options";
  const size = Math.min(options.length, 5);
  const menu = element(
    "select",
    { ...mark, multiple: true, size, "aria-label": label },
    ...options,
  );
  menu.addEventListener("change", () =>
    changed(
      menu,
      [...menu.selectedOptions].map((option) => option.value),
    ),
  );
  return menu;
}

function drawChoices(one: JsonObject, mark: Mark, changed: Changed): HTMLElement {
  const type = one.type === "checkboxes" ? "checkbox" : "radio";
  const initial = new Set(
    [...objectsOf(one.initial_options), one.initial_option]
      .filter(isObject)
      .map((option) => option.value),
  );
  const name = `${mark["data-block"]} ${mark["data-action"]}`;
  const inputs = objectsOf(one.options).map((option) => {
    const checked = initial.has(option.value);
    const input = element("input", { type, name, value: String(option.value), checked });
    return { input, label: element("label", {}, input, plain(option.text)) };
  });
  const { autofocus: _, ...rest } = mark;
  const group = element(
    "div",
    { ...rest, class: "control choices", role: type === "radio" ? "radiogroup" : "group" },
    ...inputs.map(({ label }) => label),
  );
  group.addEventListener("change", () => {
    const chosen = inputs.filter(({ input }) => input.checked).map(({ input }) => input.value);
    changed(group, type === "radio" ? (chosen[0] ?? "") : chosen);
  });
  return group;
}

function choices(list: readonly { id: string; name: string }[]): HTMLOptionElement[] {
  return list.map(({ id, name }) => element("option", { value: id }, name));
}

function valueIn(option: unknown): unknown {
  return isObject(option) ? option.value : undefined;
}
