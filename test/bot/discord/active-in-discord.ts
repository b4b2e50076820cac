interface Said {
  content: string;
  embeds: readonly object[];
  components: readonly object[];
  allowedMentions?: unknown;
}

/** What a Discord client would act upon in a message that was made of data and of our own marks alone. */
export function activeInDiscord(message: Said): string[] {
  const found: string[] = [];
  for (const markdown of [message.content, ...descriptions(message.embeds)]) {
    // A backslash makes the sign behind it plain, and nothing acts inside a fence.
    const live = markdown.replace(/```[\s\S]*?```/g, "").replace(/\\[^0-9A-Za-z\s]/g, "x");
    for (const { name, pattern } of tokens) {
      if (pattern.test(live)) found.push(`${name}: ${JSON.stringify(markdown)}`);
    }
    if (hidden.test(markdown))
      found.push(`reordering or control character: ${JSON.stringify(markdown)}`);
    if (/@(?:everyone|here)\b/i.test(markdown)) found.push(`calls everybody: ${markdown}`);
  }
  const { allowedMentions } = message;
  if (allowedMentions !== undefined && JSON.stringify(allowedMentions) !== nobody) {
    found.push(`allowed mentions ${JSON.stringify(allowedMentions)}`);
  }
  return found;
}

const nobody = JSON.stringify({ parse: [], roles: [] });

const tokens = [
  { name: "mention, date or emoji", pattern: /<(?:@|#|t:|a?:|\/|id:)/ },
  { name: "address", pattern: /[a-z]:\/\//i },
  { name: "invitation", pattern: /discord(?:app)?\.(?:gg|com)\//i },
  { name: "link", pattern: /\]\(/ },
  { name: "code", pattern: /`/ },
  { name: "spoiler", pattern: /\|\|/ },
  { name: "emphasis", pattern: /(?<!\*)\*(?!\*)|__|~~|(?<![A-Za-z0-9])_/ },
  { name: "quote or list", pattern: /^\s*(?:>|[-+*] |\d+\. )/m },
];

const hidden = /[\p{Bidi_Control}]|(?![\n\t])\p{Cc}/u;

/** Every string that a message shows. */
export function discordStrings(message: Said): string[] {
  return [message.content, ...descriptions(message.embeds), ...labels(message.components)];
}

function descriptions(embeds: readonly object[]): string[] {
  return embeds.flatMap((embed) =>
    "description" in embed && typeof embed.description === "string" ? [embed.description] : [],
  );
}

function labels(rows: readonly object[]): string[] {
  return JSON.stringify(rows).match(/"label":"(?:[^"\\]|\\.)*"/g) ?? [];
}
