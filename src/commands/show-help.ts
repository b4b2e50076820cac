import { failed, ok } from "../result.ts";
import { tellCommands, tellHelp } from "../wording/index.ts";
import type { Command } from "./command-context.ts";
import { fold } from "./fold-text.ts";
import { laterCommands } from "./later-commands.ts";
import { nearestWords } from "./unlikeness.ts";

/** The help is generated from the commands themselves. */
export function helpFor(commands: () => readonly Command[]): Command {
  return {
    name: "help",
    usage: "help [command] [private|public]",
    what: "What can be typed.",
    examples: ["help", "help scorecard"],
    async run(context, ask) {
      const [token] = ask.tokens;
      if (token === undefined)
        return ok({
          message: tellHelp(commands(), context.prefix, [...laterCommands.keys()]),
          draw: null,
          data: commands().map(({ name, usage, what }) => ({ name, usage, what })),
          metrics: [],
          line: "help",
        });
      const word = fold(token.text);
      const command = commands().find(({ name }) => name === word || name === `<${word}>`);
      if (command === undefined) {
        const later = laterCommands.get(word);
        if (later !== undefined) return failed({ kind: "not_yet", word, what: later });
        const names = commands().map(({ name }) => name);
        const nearest = nearestWords(word, names);
        return failed({
          kind: "unknown_command",
          word: token.text,
          nearest: nearest.map((name) => `help ${name}`),
          commands: names,
        });
      }
      const { name, usage, what } = command;
      return ok({
        message: tellCommands([command], context.prefix),
        draw: null,
        data: { name, usage, what },
        metrics: [],
        line: `help ${name}`,
      });
    },
  };
}
