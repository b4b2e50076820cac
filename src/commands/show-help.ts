import { failed, ok } from "../result.ts";
import { tellHelp } from "../wording/index.ts";
import type { Command } from "./command-context.ts";
import { nearestWords } from "./metric-names.ts";

/** The help is generated from the commands themselves. */
export function helpFor(commands: () => readonly Command[]): Command {
  return {
    name: "help",
    usage: "help [command]",
    what: "What can be typed.",
    examples: ["help", "help scorecard"],
    async run(context, ask) {
      const [word] = ask.words;
      if (word === undefined)
        return ok({
          message: tellHelp(commands(), context.prefix),
          draw: null,
          data: commands().map(({ name, usage, what }) => ({ name, usage, what })),
        });
      const command = commands().find(
        ({ name }) => name === word.toLowerCase() || name === `<${word.toLowerCase()}>`,
      );
      if (command === undefined) {
        const names = commands().map(({ name }) => name);
        return failed({
          kind: "unknown_word",
          word,
          expected: nearestWords(word, names).length > 0 ? nearestWords(word, names) : names,
        });
      }
      const { name, usage, what } = command;
      return ok({
        message: tellHelp([command], context.prefix),
        draw: null,
        data: { name, usage, what },
      });
    },
  };
}
