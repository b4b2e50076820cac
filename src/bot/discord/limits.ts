/**
 * What Discord takes in one message. Characters are UTF-16 units, which is never less than what
 * Discord counts. Source: discord.com/developers/docs, and its OpenAPI document.
 */
export const discordLimits = {
  content: 2_000,
  /** The second page of a long message: an embed, which is narrower but holds more. */
  embedDescription: 4_096,
  heading: 256,
  /** Of one text block; ours, so that one text cannot take the room of all that follows. */
  text: 1_800,
  buttonsInRow: 5,
  /** A menu fills one. */
  actionRows: 5,
  buttonLabel: 80,
  placeholder: 150,
  choices: 25,
  choiceLabel: 100,
  choiceValue: 100,
  customId: 100,
  altText: 1_024,
  threadName: 100,
  nonce: 25,
  linkUrl: 512,
} as const;
