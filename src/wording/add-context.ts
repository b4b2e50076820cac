import type { Message, Words } from "../message.ts";

/** The message with a small line at its end, also where figures are kept out of it: `said` has none. */
export function addContext(message: Message, said: string): Message {
  const longer = ({ summary, blocks }: Words): Words => ({
    summary: `${summary} ${said}`,
    blocks: [...blocks, { kind: "context", text: said }],
  });
  const { withoutFigures } = message;
  const whole = { ...message, ...longer(message) };
  if (withoutFigures === undefined || withoutFigures === "same") return whole;
  return { ...whole, withoutFigures: longer(withoutFigures) };
}
