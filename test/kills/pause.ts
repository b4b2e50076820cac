/** A process falls asleep over a message, another takes over, and the first wakes up in the middle of that. */
import { vi } from "vitest";
import { z } from "zod";
import { claimRun } from "../../src/reports/run-store.ts";
import { toldScorecard } from "../reports/a-told-scorecard.ts";
import { one } from "../support/rows.ts";
import type { Bot } from "./bot.ts";
import { hurry } from "./monday.ts";
import type { Boundary } from "./step.ts";
import type { TwoBots } from "./two-bots.ts";

export type Place = Pick<Boundary, "step" | "phase">;

/** Where it falls asleep: everywhere on the way of a message, but for where it holds a lock, which keeps others out. */
export const asleepAt: readonly Place[] = [
  { step: "lease", phase: "answered" },
  { step: "facts", phase: "asked" },
  { step: "renew", phase: "asked" },
  { step: "renew", phase: "answered" },
  { step: "post", phase: "asked" },
  { step: "post", phase: "answered" },
  { step: "bytes of the picture", phase: "answered" },
  { step: "edit", phase: "asked" },
  { step: "edit", phase: "answered" },
  { step: "record", phase: "asked" },
];

/** How far the other has come when it wakes; null: to the end. */
export const wokenAt: readonly (Place | null)[] = [
  { step: "lease", phase: "answered" },
  { step: "look up", phase: "answered" },
  { step: "facts", phase: "answered" },
  { step: "renew", phase: "answered" },
  { step: "post", phase: "asked" },
  { step: "post", phase: "answered" },
  { step: "record", phase: "asked" },
  { step: "commit", phase: "answered" },
  null,
];

const isAt = (place: Place | null, { step, phase }: Boundary): boolean =>
  place?.step === step && place.phase === phase;

/** Whether it has come to the end of a message: it asks for the next. */
const isNext = ({ step, phase }: Boundary): boolean =>
  phase === "asked" && (step === "lease" || step === "lease the edit");

/** Says one message with a pause in it; resolves when both are done with it. */
export async function sayWithPause(
  world: TwoBots,
  report: string,
  places: { asleep: Place; woken: Place | null },
): Promise<void> {
  let [sleeper, other]: [Bot | null, Bot | null] = [null, null];
  let hasWoken = false;
  const gate = () => Promise.withResolvers<void>();
  const [woken, sleeperDone, otherDone] = [gate(), gate(), gate()];
  const wake = (): void => {
    hasWoken = true;
    sleeper?.process.send("SIGCONT");
    woken.resolve();
  };
  world.meet(async (bot, boundary) => {
    if (sleeper === null && isAt(places.asleep, boundary)) {
      sleeper = bot;
      bot.process.send("SIGSTOP");
      void world.outlive(bot);
    }
    if (bot === sleeper) {
      if (hasWoken && isNext(boundary)) sleeperDone.resolve();
      await woken.promise;
    } else if (sleeper !== null) {
      if (other !== null && isNext(boundary)) otherDone.resolve();
      // It has leased the message: it looks for it, or posts it.
      if (boundary.step === "look up" || boundary.step === "renew") other = bot;
      if (!hasWoken && isAt(places.woken, boundary)) {
        wake();
        await sleeperDone.promise;
      }
    }
    return true;
  });
  await say(world, report);
  await untilSent(world, report);
  wake();
  await sleeperDone.promise;
  if (other !== null) await otherDone.promise;
  world.meet(null);
}

function say({ database: { db } }: TwoBots, report: string): Promise<unknown> {
  const now = Temporal.Instant.from("2026-11-16T09:00:00Z");
  return db.transaction((sql) =>
    claimRun(sql, {
      report,
      period: "2026-11-09",
      dueAt: now,
      now,
      told: toldScorecard,
      channels: [{ channel: "slack:C0ALL", parent: null }],
    }),
  );
}

async function untilSent(world: TwoBots, report: string): Promise<void> {
  const sent = z.object({ isSent: z.boolean() });
  await vi.waitUntil(
    async () => {
      await hurry(world);
      const state = await one(
        world.database.db,
        sent,
        `SELECT d.state = 'sent' AND d.shown = r.revision AS "isSent"
         FROM delivery d JOIN run r ON r.id = d.run_id WHERE r.report = $1`,
        [report],
      );
      return state.isSent;
    },
    { timeout: 60_000, interval: 20 },
  );
}
