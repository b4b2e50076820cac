/** FAULTS.md 51: a source that has stopped coming holds the reports, and is then named in them. */
import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect } from "vitest";
import { catalogueOf, type Metric } from "../../src/metrics/catalogue/index.ts";
import { timelessTables } from "../../src/metrics/catalogue/source-tables.ts";
import { answerMetric, totalQuestion } from "../../src/metrics/index.ts";
import { startSchedules } from "../../src/reports/index.ts";
import { tellAnswer } from "../../src/wording/index.ts";
import { faultTest } from "../support/fault-test.ts";
import { completeThrough } from "../support/rows.ts";
import { loadSignUps } from "../support/sign-ups.ts";
import { NINE, posts, type Reporting, reporting, tick, timePasses } from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

const ELEVEN = NINE.add({ hours: 2 });
const MONDAY = "2026-11-16T00:00:00Z";
/** An hour before the week is over, a week, five weeks; with what an answer then says is missing. */
const ends = [
  { end: "2026-11-15T23:00:00Z", missing: "Data are 12 hours old: 2026-W46 is missing." },
  { end: "2026-11-09T00:00:00Z", missing: "Data are 7 days old: 2026-W46 is missing." },
  {
    end: "2026-10-12T00:00:00Z",
    missing: "Data are 35 days old: 2026-W42 to 2026-W46 are missing.",
  },
];

/** Of each source table with times of its own a metric that reads it. */
function readersOf(metrics: readonly Metric[]): ReadonlyMap<string, Metric> {
  const tables = new Set(metrics.flatMap(({ reads }) => reads)).difference(new Set(timelessTables));
  return new Map(
    [...tables].flatMap((table) => {
      const reader = metrics.find(({ reads }) => reads.includes(table));
      return reader ? [[table, reader]] : [];
    }),
  );
}

/** Here all sources are empty but for the sign-ups: what a metric lacks is not what is late. */
function withoutNeeds(context: Reporting["context"]): Reporting["context"] {
  const metrics = context.metrics.catalogue.metrics.map((metric) => ({ ...metric, needs: [] }));
  return { ...context, metrics: { ...context.metrics, catalogue: catalogueOf(metrics) } };
}

faultTest(
  51,
  "a source that ends before its week holds the scorecard, and is named in it and in every answer",
  async (run) => {
    const { database, slack } = world;
    const context = withoutNeeds(world.context);
    const metricsOf = readersOf(context.metrics.catalogue.metrics);
    await loadSignUps(database.db);
    const cases = ends.flatMap((one) => [...metricsOf].map((read) => ({ ...one, read })));
    for (const { end, missing, read } of cases.slice(0, run.cases)) {
      const [table, metric] = read;
      await database.db.run("TRUNCATE schedule, delivery, run, source.source_watermarks CASCADE");
      await completeThrough(database.db, MONDAY);
      await database.db.run(
        "UPDATE source.source_watermarks SET complete_through = $2 WHERE source_table = $1",
        [table, end],
      );
      const metrics = [metric.id];
      const scorecard = { ...context.scorecard, metrics, holdUntil: "11:00" };
      const held = {
        ...context,
        scorecard,
        rules: { ...context.rules, sensitiveChannels: new Set(["slack:C0ALL"]) },
      };
      const before = posts(world, "C0ALL");
      await startSchedules(database.db, held, NINE.subtract({ minutes: 1 }));
      await tick(held);
      await timePasses(world);
      await tick(held, ELEVEN.subtract({ minutes: 1 }));
      expect(posts(world, "C0ALL"), `${table} is waited for`).toBe(before);
      await timePasses(world);
      await tick(held, ELEVEN);
      const said = slack.messages("C0ALL").at(-1)?.text ?? "";
      expect(said, table).toContain(`1 late (${metric.name})`);

      const answer = await answerMetric(context.metrics, {
        ...totalQuestion(metric.id, "", 13),
        week: null,
      });
      if (!answer.ok) throw new Error(`${metric.id}: ${answer.fault.kind}`);
      const { summary } = tellAnswer(answer.value, context.voice, ELEVEN);
      expect(summary.slice(0, missing.length), table).toBe(missing);
      run.tried(1);
    }
    run.saw(`${metricsOf.size} source tables, behind by an hour, a week, five weeks: 0 silent`);
  },
);
