import { type Json, type JsonObject, objectsOf } from "../../json.ts";

/** What a person put into an element: text, a chosen value, or several. Absent is untouched. */
export type Entered = string | readonly string[] | undefined;

/** Finds the whole option that a value stands for, of an external menu too. */
export type OptionOf = (element: JsonObject, value: string) => JsonObject | null;

/**
 * An element's value as `state` and `actions` have it. Untouched it is the initial one, and an
 * emptied one is null.
 */
export function elementState(
  element: JsonObject,
  entered: Entered,
  optionOf: OptionOf,
): JsonObject {
  const { type } = element;
  const [one = ""] = typeof entered === "string" ? [entered] : (entered ?? []);
  const text = (initial: Json | undefined) =>
    entered === undefined ? (initial ?? null) : one || null;
  switch (type) {
    case "plain_text_input":
    case "number_input":
      return { type, value: text(element.initial_value) };
    case "datepicker":
      return { type, selected_date: text(element.initial_date) };
    case "users_select":
      return { type, selected_user: text(element.initial_user) };
    case "channels_select":
      return { type, selected_channel: text(element.initial_channel) };
    case "conversations_select":
      return { type, selected_conversation: text(element.initial_conversation) };
    case "checkboxes":
    case "multi_static_select":
      return { type, selected_options: chosenOptions(element, entered, optionOf) };
    default: {
      const chosen = entered === undefined ? element.initial_option : optionOf(element, one);
      return { type, selected_option: chosen ?? null };
    }
  }
}

function chosenOptions(element: JsonObject, entered: Entered, optionOf: OptionOf): JsonObject[] {
  if (entered === undefined) {
    return objectsOf(element.initial_options);
  }
  const values = typeof entered === "string" ? [entered] : entered;
  return values.map((value) => optionOf(element, value)).filter((option) => option !== null);
}

/** The option of a menu whose options stand in it. */
export function staticOption(element: JsonObject, value: string): JsonObject | null {
  const options = objectsOf(element.options);
  return options.find((option) => option.value === value) ?? null;
}
