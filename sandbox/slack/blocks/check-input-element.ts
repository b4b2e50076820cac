import { checkConfirm } from "./check-confirm.ts";
import { checkOptions } from "./check-options.ts";
import { checkText } from "./check-text.ts";
import { ELEMENT_LIMITS } from "./limits.ts";
import { type Check, checkFields, checkString } from "./shape.ts";

/** Fields of every element that holds a value. */
const COMMON = ["action_id", "placeholder", "confirm", "focus_on_load"] as const;

/** An element that holds a value: what it must have, and what it may have beside the common. */
function holding(required: readonly string[], optional: readonly string[], more?: Check): Check {
  return (element, at, report) => {
    checkFields(element, at, report, { required, optional: [...COMMON, ...optional] });
    checkText(element.placeholder, `${at}/placeholder`, report, {
      most: ELEMENT_LIMITS.placeholder,
      plainOnly: true,
    });
    checkConfirm(element.confirm, `${at}/confirm`, report);
    more?.(element, at, report);
  };
}

const withOptions =
  (most: number): Check =>
  (element, at, report) => {
    if (element.options !== undefined) checkOptions(element, at, report, most);
  };

const initialText: Check = (element, at, report) =>
  checkString(element.initial_value, `${at}/initial_value`, report, {
    most: ELEMENT_LIMITS.inputText,
  });

const { options, choices } = ELEMENT_LIMITS;

/** What an input block holds, and stands beside a section or among actions too. */
export const INPUT_ELEMENTS: Readonly<Record<string, Check>> = {
  plain_text_input: holding(
    [],
    ["initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"],
    initialText,
  ),
  number_input: holding(
    ["is_decimal_allowed"],
    ["initial_value", "min_value", "max_value", "dispatch_action_config"],
  ),
  static_select: holding(["options"], ["initial_option"], withOptions(options)),
  multi_static_select: holding(
    ["options"],
    ["initial_options", "max_selected_items"],
    withOptions(options),
  ),
  external_select: holding([], ["initial_option", "min_query_length"]),
  users_select: holding([], ["initial_user"]),
  channels_select: holding([], ["initial_channel", "response_url_enabled"]),
  conversations_select: holding(
    [],
    ["initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"],
  ),
  radio_buttons: holding(["options"], ["initial_option"], withOptions(choices)),
  checkboxes: holding(["options"], ["initial_options"], withOptions(choices)),
  datepicker: holding([], ["initial_date"]),
};
