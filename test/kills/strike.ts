/** Mondays on which processes are struck, at one step after the other, and come back. */
import type { FaultRun } from "../support/fault-test.ts";
import { Aims } from "./aims.ts";
import type { Bot } from "./bot.ts";
import { beginMonday, expectToldOnce, restate, untilTold } from "./monday.ts";
import type { TwoBots } from "./two-bots.ts";

/** While a Monday is told, and once more while it is mended. */
const STRIKES_AT_MOST = 12;

export interface Blow {
  signal: NodeJS.Signals;
  /** Whether what is under way goes on. */
  passes: boolean;
  /** Looks at whoever has ended by it, after so many milliseconds; null: by a signal. */
  ended?(bot: Bot, status: number | null, ms: number): void;
}

/** Strikes as often as `run` has cases; how that was spread. Each Monday is told and mended, all of it once. */
export async function strikeOnMondays(
  world: TwoBots,
  run: FaultRun,
  { signal, passes, ended }: Blow,
): Promise<string> {
  const aims = new Aims();
  const struck = new Map<Bot, number>();
  const down = new Set<Bot>();
  const returning: Promise<void>[] = [];
  let until = 0;

  const comeBack = async (bot: Bot): Promise<void> => {
    const began = performance.now();
    const status = await bot.end();
    ended?.(bot, status, performance.now() - began);
    await world.outlive(bot);
    down.delete(bot);
    const before = struck.get(bot);
    await bot.start().catch((error: unknown) => {
      // Who was struck as it started comes back by that.
      if (struck.get(bot) === before) throw error;
    });
  };
  world.meet((bot, boundary) => {
    if (down.has(bot)) return passes;
    if (aims.strikes >= until || !aims.isHere(boundary)) return true;
    down.add(bot);
    struck.set(bot, (struck.get(bot) ?? 0) + 1);
    bot.process.send(signal);
    returning.push(comeBack(bot));
    return passes;
  });
  /** Whether no step went by unstruck because there had been strikes enough. */
  let areAllMet = true;
  const allowMore = (): void => {
    areAllMet &&= aims.strikes < until;
    until = Math.min(run.cases, aims.strikes + STRIKES_AT_MOST);
  };

  while (aims.strikes < run.cases) {
    const before = aims.strikes;
    [areAllMet, until] = [true, Number.POSITIVE_INFINITY];
    allowMore();
    await beginMonday(world);
    await untilTold(world);
    allowMore();
    await restate(world);
    await untilTold(world, { restated: true });
    areAllMet &&= aims.strikes < until;
    until = 0;
    while (returning.length > 0) await returning.shift();
    await untilTold(world, { restated: true });
    await expectToldOnce(world);
    if (areAllMet) aims.giveUp();
    run.tried(aims.strikes - before);
  }
  world.meet(null);
  return aims.spread();
}
