import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect, test } from "vitest";
import { type ReportContext, startSchedules } from "../../src/reports/index.ts";
import {
  aRun,
  NINE,
  postEverywhere,
  posts,
  type Reporting,
  reporting,
  stateIn,
  tick,
  timePasses,
} from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

/**
 * A process that is killed: before its n-th call of the database or of Slack, or right after it, when
 * the call has taken effect and nobody has heard of it. From then on it can do nothing any more.
 */
function mortal(context: ReportContext, dies: number): ReportContext {
  let steps = 0;
  const step = (): void => {
    if (++steps > dies) throw new Error("killed");
  };
  const shell = <T extends object>(of: T): T =>
    new Proxy(of, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        return async (...given: unknown[]): Promise<unknown> => {
          step();
          const result: unknown = await Reflect.apply(member, target, given);
          step();
          return result;
        };
      },
    });
  return {
    ...context,
    metrics: { ...context.metrics, db: shell(context.metrics.db) },
    ports: new Map([...context.ports].map(([name, port]) => [name, shell(port)])),
  };
}

/** Runs `work` killed `stride` steps later each time, until it lives to its end; the number of kills. */
async function killEverywhere(
  stride: number,
  work: (context: ReportContext) => Promise<unknown>,
  after: (kills: number) => Promise<void>,
): Promise<number> {
  for (let kills = 0; ; kills++) {
    const survived = await work(mortal(world.context, kills * stride)).then(
      () => true,
      () => false,
    );
    await timePasses(world);
    await after(kills);
    if (survived) return kills;
  }
}

test("a post that is cut off at any step is made once", async () => {
  await aRun(world, ["slack:C0ALL"]);
  const kills = await killEverywhere(
    1,
    (context) => postEverywhere(context),
    async (killed) => {
      await postEverywhere(world.context);
      expect(posts(world, "C0ALL")).toBe(killed + 1);
      await aRun(world, ["slack:C0ALL"]);
    },
  );
  expect(kills).toBeGreaterThan(10);
});

test("a Monday that is cut off at any step is told once", { timeout: 300_000 }, async () => {
  const { db } = world.database;
  const begin = async (): Promise<void> => {
    await db.run("TRUNCATE schedule, delivery, run CASCADE");
    await startSchedules(db, world.context, NINE.subtract({ minutes: 1 }));
  };
  await begin();
  const kills = await killEverywhere(
    // Odd, so that kills before and after a call take turns.
    5,
    (context) => tick(context),
    async (killed) => {
      for (let ticks = 0; ticks < 2; ticks++) {
        await tick(world.context);
        await timePasses(world);
      }
      expect(posts(world, "C0ALL")).toBe(killed + 1);
      expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "sent" });
      await begin();
    },
  );
  expect(kills).toBeGreaterThan(10);
});
