import { isList, isObject, type Json, type JsonObject } from "../../json.ts";
import { element } from "./dom.ts";

/** The words of a text object. */
export function plain(text: Json | undefined): string {
  return isObject(text) && typeof text.text === "string" ? text.text : "";
}

export function objects(list: Json | undefined): JsonObject[] {
  return isList(list) ? list.filter(isObject) : [];
}

/** The options of a menu. */
export function optionsOf(one: JsonObject): HTMLOptionElement[] {
  return objects(one.options).map((option) =>
    element("option", { value: String(option.value) }, plain(option.text)),
  );
}
