import "../../src/bot/index.ts";

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { ChatPort } from "../../src/message.ts";
import { editIn } from "../../src/reports/edit-message.ts";
import { reviseTold } from "../../src/reports/edit-store.ts";
import type { ReportContext } from "../../src/reports/index.ts";
import { one } from "../support/rows.ts";
import { aCount } from "../wording/an-answer.ts";
import { aRun, now, postEverywhere, type Reporting, reporting } from "./reporting.ts";

let world: Reporting;
beforeAll(async () => {
  world = await reporting();
});
afterAll(() => world.stop());

const CHANNEL = "slack:C0ALL";
const running = new AbortController().signal;

/** What a line of a signal says after its `value`th change. */
const said = (value: number) => ({
  kind: "signal_week",
  answer: aCount(value),
  sensitive: false,
  state: { kind: "ended", week: "2026-11-16", value },
});

/** A process that falls asleep in the very call that edits, until it is woken. */
function aSleeper(context: ReportContext) {
  const asleep = Promise.withResolvers<void>();
  const woken = Promise.withResolvers<void>();
  const [port] = context.ports.values();
  if (port === undefined) throw new Error("no port");
  const sleepy: ChatPort = {
    ...port,
    edit: async (ref, message) => {
      asleep.resolve();
      await woken.promise;
      return port.edit(ref, message);
    },
  };
  const ports = new Map([[port.platform, sleepy]]);
  const edited = editIn({ ...context, ports }, CHANNEL, now, running);
  // It may find nothing to edit, and then it never sleeps.
  const begun = Promise.race([asleep.promise, edited]);
  const wake = async () => {
    woken.resolve();
    await edited;
  };
  return { begun, wake };
}

const runRow = z.object({ id: z.coerce.number(), revision: z.number() });

async function change(value: number): Promise<void> {
  const { db } = world.context.metrics;
  const run = await one(
    db,
    runRow,
    "SELECT id, revision FROM run WHERE report LIKE 'line/%' ORDER BY id DESC LIMIT 1",
  );
  expect(await reviseTold(db, run, said(value))).toBe(true);
}

const leasesEnd = () =>
  world.database.db.run("UPDATE delivery SET lease_until = now() - interval '1 second'");

const step = fc.constantFrom("change", "sleep", "wake", "edit", "the other edits", "leases end");

test("whatever order changes, edits and processes that sleep in them come in, the newest stands in the end", {
  timeout: 180_000,
}, async () => {
  await aRun(world, [CHANNEL], said(0));
  await postEverywhere(world.context);
  let value = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const sleepers: ReturnType<typeof aSleeper>[] = [];
      for (const each of steps) {
        if (each === "change") await change(++value);
        if (each === "edit") await editIn(world.context, CHANNEL, now, running);
        if (each === "the other edits") await editIn(world.replica, CHANNEL, now, running);
        if (each === "wake") await sleepers.shift()?.wake();
        if (each === "leases end") await leasesEnd();
        if (each !== "sleep") continue;
        const sleeper = aSleeper(world.replica);
        sleepers.push(sleeper);
        await sleeper.begun;
      }
      await change(++value);
      for (const sleeper of sleepers) await sleeper.wake();
      await leasesEnd();
      await editIn(world.context, CHANNEL, now, running);
      const [message] = world.slack.messages("C0ALL");
      expect(message?.text).toContain(`Over since 2026-W47: ${value}.`);
    }),
    { numRuns: 40 },
  );
});
