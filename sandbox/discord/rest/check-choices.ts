import { type JsonObject, textOf } from "../../json.ts";
import { badLength, type FormFault, tooLong } from "./form-fault.ts";

/** What Discord would refuse in what is offered for what somebody types: 25 names with values. */
export function checkChoices(choices: readonly JsonObject[]): FormFault[] {
  return [
    ...(choices.length > 25 ? [tooLong("data.choices", 25)] : []),
    ...choices.flatMap((choice, index) => {
      const { length } = textOf(choice.name);
      const at = `data.choices[${index}]`;
      return [
        ...(length < 1 || length > 100 ? [badLength(`${at}.name`, 1, 100)] : []),
        ...(textOf(choice.value).length > 100 ? [tooLong(`${at}.value`, 100)] : []),
      ];
    }),
  ];
}
