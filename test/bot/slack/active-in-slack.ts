/** What a Slack client would act upon in a message that was made of data alone. */
export function activeInSlack(message: { text: string; blocks: readonly unknown[] }): string[] {
  const found: string[] = [];
  if (/[<>]/.test(message.text)) found.push(`control sequence in text: ${message.text}`);
  if (/&(?!(?:amp|lt|gt);)/.test(message.text))
    found.push(`bare ampersand in text: ${message.text}`);
  for (const text of [message.text, ...slackStrings(message.blocks)]) {
    if (hidden.test(text)) found.push(`reordering or control character: ${JSON.stringify(text)}`);
    if (/@(?:everyone|here|channel)\b/i.test(text)) found.push(`calls everybody: ${text}`);
  }
  walk(message.blocks, (node) => {
    if (typeof node.type === "string" && acts.has(node.type)) found.push(node.type);
    if (node.emoji === true) found.push("emoji codes are drawn");
  });
  return found;
}

const hidden = /[\p{Bidi_Control}]|(?![\n\t])\p{Cc}/u;

/** Text that is read as markup, and elements that mention, link or broadcast. */
const acts = new Set([
  "mrkdwn",
  "markdown",
  "link",
  "user",
  "usergroup",
  "channel",
  "broadcast",
  "emoji",
  "date",
]);

/** Every string that blocks show. */
export function slackStrings(blocks: readonly unknown[]): string[] {
  const strings: string[] = [];
  walk(blocks, (node) => {
    for (const key of ["text", "alt_text"]) {
      const value = node[key];
      if (typeof value === "string") strings.push(value);
    }
  });
  return strings;
}

function walk(node: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit);
  } else if (typeof node === "object" && node !== null) {
    visit({ ...node });
    for (const child of Object.values(node)) walk(child, visit);
  }
}
