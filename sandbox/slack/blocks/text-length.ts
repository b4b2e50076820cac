import { isList, isObject, type Json } from "../../json.ts";

/** Characters that are shown, however deep they stand: every `text` that is a string. */
export function textLength(value: Json | undefined): number {
  if (isList(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, part]) =>
      sum + (name === "text" && typeof part === "string" ? part.length : textLength(part)),
    0,
  );
}
