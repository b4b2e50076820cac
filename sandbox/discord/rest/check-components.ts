import { type JsonObject, objectsOf, textOf } from "../../json.ts";
import { checkLength } from "./check-length.ts";
import { badLength, type FormFault, notAmong, required, tooLong } from "./form-fault.ts";

const BUTTON = 2;
const LINK_STYLE = 5;
/** Menus of texts, people, roles, both, and channels. */
const MENUS = [3, 5, 6, 7, 8];

/** What Discord would refuse in the rows of buttons and menus below a message. */
export function checkComponents(rows: readonly JsonObject[]): FormFault[] {
  const ids = rows
    .flatMap((row) => objectsOf(row.components))
    .flatMap(({ custom_id }) => (custom_id === undefined ? [] : [textOf(custom_id)]));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return [
    ...(rows.length > 5 ? [badLength("components", 1, 5)] : []),
    ...(twice === undefined ? [] : [DUPLICATED]),
    ...rows.flatMap((row, index) => checkRow(row, `components[${index}]`)),
  ];
}

const DUPLICATED: FormFault = {
  at: "components",
  code: "COMPONENT_CUSTOM_ID_DUPLICATED",
  message: "Component custom id cannot be duplicated",
};

/** A row holds up to five buttons, or one menu. */
function checkRow(row: JsonObject, at: string): FormFault[] {
  const inside = objectsOf(row.components);
  const most = inside.some(({ type }) => MENUS.includes(Number(type))) ? 1 : 5;
  return [
    ...(row.type === 1 ? [] : [notAmong(`${at}.type`, [1])]),
    ...(inside.length < 1 || inside.length > most ? [badLength(`${at}.components`, 1, most)] : []),
    ...inside.flatMap((one, index) => checkInside(one, `${at}.components[${index}]`)),
  ];
}

function checkInside(one: JsonObject, at: string): FormFault[] {
  if (one.type === BUTTON) return checkButton(one, at);
  if (MENUS.includes(Number(one.type))) return checkMenu(one, at);
  return [notAmong(`${at}.type`, [BUTTON, ...MENUS])];
}

function checkButton(button: JsonObject, at: string): FormFault[] {
  const label = textOf(button.label);
  const isLink = button.style === LINK_STYLE;
  return [
    ...(isLink ? checkUrl(button, at) : checkId(button, at)),
    ...(label.length < 1 || label.length > 80 ? [badLength(`${at}.label`, 1, 80)] : []),
    ...([1, 2, 3, 4, LINK_STYLE].includes(Number(button.style))
      ? []
      : [notAmong(`${at}.style`, [1, 2, 3, 4, 5])]),
  ];
}

function checkUrl({ url }: JsonObject, at: string): FormFault[] {
  return textOf(url) === "" ? [required(`${at}.url`)] : checkLength(url, `${at}.url`, 512);
}

export function checkId({ custom_id }: JsonObject, at: string): FormFault[] {
  const { length } = textOf(custom_id);
  return length < 1 || length > 100 ? [badLength(`${at}.custom_id`, 1, 100)] : [];
}

function checkMenu(menu: JsonObject, at: string): FormFault[] {
  return [
    ...checkId(menu, at),
    ...checkLength(menu.placeholder, `${at}.placeholder`, 150),
    ...(menu.type === 3 ? checkOptions(objectsOf(menu.options), `${at}.options`) : []),
  ];
}

const VALUE_DUPLICATED = {
  code: "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
  message: "The specified option value is already used",
};

/** The options of a menu of texts, in a message or in a modal. */
export function checkOptions(options: readonly JsonObject[], at: string): FormFault[] {
  return [
    ...(options.length < 1 || options.length > 25 ? [badLength(at, 1, 25)] : []),
    ...options.flatMap(({ value }, index) =>
      options.findIndex((other) => other.value === value) === index
        ? []
        : [{ at: `${at}[${index}]`, ...VALUE_DUPLICATED }],
    ),
    ...options.flatMap((option, index) =>
      (["label", "value", "description"] as const).flatMap((part) => {
        const text = textOf(option[part]);
        if (part !== "description" && text === "") return [required(`${at}[${index}].${part}`)];
        return text.length > 100 ? [tooLong(`${at}[${index}].${part}`, 100)] : [];
      }),
    ),
  ];
}
