import { nearest } from "../../nearest.ts";

/** `there is no metric adoptoin_rate. Did you mean "adoption_rate"?` */
export function noSuch(what: string, name: string, known: Iterable<string>): string {
  const [near] = nearest(name, known);
  return `there is no ${what} ${name}${near === undefined ? "" : `. Did you mean "${near}"?`}`;
}
