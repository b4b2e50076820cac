import { isObject, type Json, type JsonObject, objectsOf } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";

/** The words of a text object. */
export function plain(text: Json | undefined): string {
  return isObject(text) && typeof text.text === "string" ? text.text : "";
}

/** The options of a menu. */
export function optionsOf(one: JsonObject): HTMLOptionElement[] {
  return objectsOf(one.options).map((option) =>
    element("option", { value: String(option.value) }, plain(option.text)),
  );
}
