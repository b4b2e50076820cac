import { type Json, textOf } from "../../json.ts";
import { type FormFault, tooLong } from "./form-fault.ts";

export function checkLength(value: Json | undefined, at: string, most: number): FormFault[] {
  return textOf(value).length > most ? [tooLong(at, most)] : [];
}
