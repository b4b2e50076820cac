/**
 * Symbols put together, at most `limit` UTF-16 units; cut text ends in an ellipsis. A symbol with
 * its escape is one: no escape is ever cut from what it escapes.
 */
export function joinWithin(symbols: readonly string[], limit: number): string {
  const whole = symbols.join("");
  if (whole.length <= limit) return whole;
  let kept = "";
  for (const symbol of symbols) {
    if (kept.length + symbol.length > limit - 1) break;
    kept += symbol;
  }
  return `${kept}…`;
}
