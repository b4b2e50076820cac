import { afterAll, beforeAll } from "vitest";
import { faultTest } from "../support/fault-test.ts";
import { noPgBouncerReason, type PgBouncer, startPgBouncer } from "../support/pgbouncer.ts";
import { strikeOnMondays } from "./strike.ts";
import { type TwoBots, twoBots } from "./two-bots.ts";

const lacks = noPgBouncerReason();
let pooler: PgBouncer;
let world: TwoBots;
beforeAll(async () => {
  if (lacks !== null) return;
  world = await twoBots({
    reached: async (databaseUrl) => {
      pooler = await startPgBouncer(databaseUrl);
      return pooler.url;
    },
  });
}, 120_000);
afterAll(async () => {
  await world?.stop();
  await pooler?.stop();
});

faultTest(
  20,
  "behind PgBouncer in transaction mode a process that is killed at any step leaves nothing unsaid or said twice",
  async (run) => {
    const spread = await strikeOnMondays(world, run, { signal: "SIGKILL", passes: false });
    run.saw(`two processes, 0 lost, 0 posted twice. ${spread}`);
  },
  { lacks },
);
