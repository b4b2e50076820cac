import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../src/log.ts";
import { clockWatch } from "../src/watch-clocks.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.close());

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

test("clocks that part are told of once, and once when they agree again", async () => {
  const told: string[] = [];
  const log = {
    ...silentLog,
    warn: (event: string) => void told.push(event),
    info: (event: string) => void told.push(event),
  };
  let jumpMs = 0;
  const look = clockWatch(
    database.db,
    () => Temporal.Now.instant().add({ milliseconds: jumpMs }),
    log,
  );
  const seen: number[] = [];
  for (jumpMs of [0, HOUR_MS, HOUR_MS, -YEAR_MS, 0, 0])
    seen.push(Math.round((await look()) / HOUR_MS));
  expect(seen).toEqual([0, 1, 1, -365 * 24, 0, 0]);
  expect(told).toEqual(["clocks_part", "clocks_agree"]);
});
