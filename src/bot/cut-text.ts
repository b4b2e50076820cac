/**
 * The text itself when it fits, else its beginning and an ellipsis, at most `limit` UTF-16 units
 * together. Cuts between what people take for characters, so never inside an emoji or an accented
 * letter; only where that would leave nothing is it cut between code points.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 1) return "";
  return `${text.slice(0, cutPlace(text, limit - 1)).trimEnd()}…`;
}

const characters = new Intl.Segmenter();

/** Of what follows the cut only so much is looked at: a longer character is one in name alone. */
const longestCharacter = 100;

/** The last place at or before `end` where the text may be cut. */
function cutPlace(text: string, end: number): number {
  const hit = characters.segment(text.slice(0, end + longestCharacter)).containing(end);
  if (hit !== undefined && hit.index > 0) return hit.index;
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
