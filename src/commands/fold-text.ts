/** What makes no difference between two spellings. */

/** Case, accents and invisible characters make none. */
export function fold(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "");
}

/** Of names, hyphens, underscores, brackets, commas, colons and slashes make none either. */
export function plainName(text: string): string {
  return fold(text)
    .replace(/[_\-‐‑–—()[\],，:/\s]+/g, " ")
    .trim();
}
