import { isObject, type JsonObject, objectsOf, textOf } from "../../json.ts";
import { checkId, checkOptions } from "./check-components.ts";
import { checkLength } from "./check-length.ts";
import { badLength, type FormFault, notAmong } from "./form-fault.ts";

const ROW = 1;
const MENU = 3;
const TEXT_INPUT = 4;
const LABEL = 18;

/** What Discord would refuse in a modal: a title and one to five labelled inputs. */
export function checkModal(modal: JsonObject): FormFault[] {
  const parts = objectsOf(modal.components);
  const title = textOf(modal.title);
  return [
    ...checkId(modal, "data"),
    ...(title.length < 1 || title.length > 45 ? [badLength("data.title", 1, 45)] : []),
    ...(parts.length < 1 || parts.length > 5 ? [badLength("data.components", 1, 5)] : []),
    ...parts.flatMap((part, index) => checkPart(part, `data.components[${index}]`)),
  ];
}

/** Of a row or a label: what is inside it, which may not be there. */
export function inputOf(part: JsonObject): JsonObject | undefined {
  if (part.type === ROW) return objectsOf(part.components)[0];
  return isObject(part.component) ? part.component : undefined;
}

function checkPart(part: JsonObject, at: string): FormFault[] {
  if (part.type !== ROW && part.type !== LABEL) return [notAmong(`${at}.type`, [ROW, LABEL])];
  const input = inputOf(part);
  const inside = part.type === ROW ? `${at}.components[0]` : `${at}.component`;
  const label = textOf(part.type === ROW ? input?.label : part.label);
  const allowed = part.type === ROW ? [TEXT_INPUT] : [MENU, TEXT_INPUT];
  if (!input || !allowed.includes(Number(input.type))) return [notAmong(`${inside}.type`, allowed)];
  return [
    ...(label.length < 1 || label.length > 45 ? [badLength(`${at}.label`, 1, 45)] : []),
    ...checkId(input, inside),
    ...(input.type === MENU
      ? checkOptions(objectsOf(input.options), `${inside}.options`)
      : checkText(input, inside)),
  ];
}

function checkText(input: JsonObject, at: string): FormFault[] {
  return [
    ...([1, 2].includes(Number(input.style)) ? [] : [notAmong(`${at}.style`, [1, 2])]),
    ...checkLength(input.value, `${at}.value`, 4_000),
    ...checkLength(input.placeholder, `${at}.placeholder`, 100),
  ];
}
