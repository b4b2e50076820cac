/** Longer texts are cut before anything else looks at them: no line of a card holds as much. */
const longest = 600;

const lineBreaks = /[\t\n\r\u0085\u2028\u2029]+/g;
// sharp throws on control characters and non-characters; bidi controls could turn a line around.
const undrawable =
  /[\p{Cc}\p{Noncharacter_Code_Point}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
// More marks than any script stacks would be drawn over the neighbouring lines.
const stackedMarks = /(\p{M}{4})\p{M}+/gu;

/** The text as a single line that can be drawn: nothing in it controls, reorders or overflows. */
export function cleanText(text: string): string {
  return text
    .slice(0, longest)
    .toWellFormed()
    .replace(lineBreaks, " ")
    .replace(undrawable, "")
    .replace(stackedMarks, "$1")
    .replace(/ {2,}/g, " ")
    .trim();
}
