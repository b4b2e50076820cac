import type { JsonObject } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import type { Changed, Drawing } from "./drawing.ts";
import { optionsOf, plain } from "./options.ts";

/** What is typed is asked of the app, whose options are then chosen from. */
export function drawExternalMenu(
  one: JsonObject,
  blockId: string,
  drawing: Drawing,
  changed: Changed,
): HTMLElement {
  const actionId = String(one.action_id);
  const least = typeof one.min_query_length === "number" ? one.min_query_length : 3;
  const label = plain(one.placeholder) || "Type to search";
  const typed = element("input", { type: "search", class: "control", "aria-label": label });
  typed.placeholder = label;
  const menu = element("select", {
    class: "control menu",
    "data-block": blockId,
    "data-action": actionId,
    "aria-label": "What the app offers",
    hidden: true,
  });
  let asked = 0;
  typed.addEventListener("input", async () => {
    const value = typed.value.trim();
    if (value.length < least) return;
    const turn = ++asked;
    const options = await drawing.suggest({ blockId, actionId, value });
    // Only the last thing that was typed counts, however late an answer to an earlier one comes.
    if (turn !== asked) return;
    const found = options.length === 0 ? "Nothing found" : "Choose an option";
    menu.hidden = false;
    menu.replaceChildren(element("option", { value: "" }, found), ...optionsOf({ options }));
  });
  menu.addEventListener("change", () => {
    if (menu.value !== "") changed(menu, menu.value);
  });
  return element("div", { class: "external" }, typed, menu);
}
