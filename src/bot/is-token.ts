/** A header cannot hold other characters, and the error that says so would quote the token. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
