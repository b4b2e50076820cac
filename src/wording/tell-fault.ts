/** A fault made into a message: what, why and what to type instead. */
import type { Message, Span } from "../message.ts";
import type { AskFault } from "./ask-fault.ts";
import { faultWords } from "./fault-words.ts";
import { askButtons, tellChoice } from "./tell-choice.ts";
import { figureless } from "./without-figures.ts";

export function tellFault(fault: AskFault, prefix: string): Message {
  if (fault.kind === "ambiguous") return tellChoice(fault, prefix);
  const { problem, next, type, end = "" } = faultWords(fault);
  const commands = type.map((words) => `${prefix} ${words}`.trim());
  const line: Span[] = commands.flatMap((command, i) => [
    ...(i > 0 ? [" or "] : []),
    { kind: "code", text: command } as const,
  ]);
  return figureless({
    summary: [problem, next, `${commands.join(" or ")}${end}`].filter(Boolean).join(" "),
    blocks: [
      { kind: "text", text: problem },
      ...(next || line.length > 0
        ? [
            {
              kind: "text",
              text: [next, next && line.length > 0 ? " " : "", ...line, end],
            } as const,
          ]
        : []),
      ...(fault.kind === "unknown_metric" ? askButtons(type) : []),
    ],
  });
}
