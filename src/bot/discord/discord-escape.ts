import { joinWithin } from "../join-within.ts";
import { literalText } from "../literal-text.ts";

/**
 * Text as Discord shows it literally, at most `limit` UTF-16 units with its escapes; cut text ends
 * in an ellipsis. Mentions, dates and emoji need `<`, links `:` or `[`, invitations `/`, quotes `>`,
 * spoilers `|`; each loses its meaning behind a backslash.
 */
export function escapeMarkdown(text: string, limit: number): string {
  const symbols = literalText(text)
    .split("\n")
    .flatMap((line, index) => [...(index === 0 ? [] : ["\n"]), ...escapeLine(line)]);
  return joinWithin(symbols, limit);
}

/** For the inside of a code block or span, where nothing can be escaped: only the fence has to go. */
export function insideCode(text: string): string {
  return literalText(text).replaceAll("`", "\u02cb");
}

const special = /^[\\*_~`|<>[\]:/]$/;

function escapeLine(line: string): string[] {
  // Headings, small print and lists begin a line.
  const opening = /^(\s*)[-+#]/.exec(line) ?? /^(\s*\d+)\./.exec(line);
  const opens = opening?.[1]?.length;
  return [...line].map((symbol, index) =>
    index === opens || special.test(symbol) ? `\\${symbol}` : symbol,
  );
}
