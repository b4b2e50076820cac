/**
 * Text of people and of tables, made safe to show on any platform before the platform's own escaping.
 *
 * Characters that reorder what is read (Unicode's Bidi_Control) and control characters go, broken
 * surrogates become U+FFFD, and words that call everybody are broken by a zero-width space, so that
 * they stay inert even where a client looks at plain text, and after a cut in the middle of a word. Letters of right-to-left scripts keep
 * their own direction.
 */
export function literalText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(hidden, "")
    .replace(everybody, "@\u200b");
}

const hidden = /\p{Bidi_Control}|(?![\n\t])\p{Cc}/gu;

const everybody = /[@＠](?=\s*(?:everyone|here|channel|group))/giu;
