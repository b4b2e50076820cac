/** What happened to the platform as a whole: releases, incidents, capacity. */
import { type Calendar, daySeconds } from "../calendar.ts";
import type { Company } from "../company.ts";
import { Dice } from "../dice.ts";
import { availableFrom, features, regions, services } from "../reference.ts";
import type { TableOfCompany } from "./table.ts";

const releaseKinds = [
  ["improvement", 0.55],
  ["fix", 0.45],
] as const;

export const releasesTable: TableOfCompany = {
  name: "releases",
  columns: ["release_id", "released_at", "kind", "feature_id"],
  *lines({ calendar, options }) {
    for (const feature of features) {
      if (feature.availableAfter === 0) continue;
      const day = availableFrom(feature.availableAfter, calendar.weeks);
      const at = calendar.instant(day * daySeconds + 9 * 3600);
      yield `r-${feature.id},${at},feature,${feature.id}\n`;
    }
    for (let week = 0; week < calendar.weeks; week += 1) {
      const dice = new Dice(options.seed, "platform", 1, week);
      for (let left = dice.count(1.6), n = 1; left > 0; left -= 1, n += 1) {
        const at = instantOfWorkingDay(calendar, week, dice);
        const of = dice.chance(0.6) ? dice.pick(features).id : "";
        yield `r-${week}-${n},${at},${dice.weighted(releaseKinds)},${of}\n`;
      }
    }
  },
};

export const incidentsTable: TableOfCompany = {
  name: "incidents",
  columns: [
    "incident_id",
    "service",
    "region",
    "severity",
    "is_downtime",
    "started_at",
    "resolved_at",
  ],
  *lines(company) {
    const { calendar, options } = company;
    for (let week = 0; week < calendar.weeks; week += 1) {
      const dice = new Dice(options.seed, "platform", 2, week);
      for (let left = dice.count(1.1), n = 1; left > 0; left -= 1, n += 1) {
        const start = week * 7 * daySeconds + dice.int(0, 7 * daySeconds - 1);
        const isDowntime = dice.chance(0.4);
        const end = start + Math.round(dice.around(isDowntime ? 18 : 50, 0.7) * 60);
        const where = `${dice.pick(services)},${dice.pick(regions)}`;
        const severity = dice.int(isDowntime ? 1 : 2, isDowntime ? 3 : 4);
        yield `i-${week}-${n},${where},${severity},${isDowntime},${calendar.instant(start)},${calendar.instantOrNone(end)}\n`;
      }
    }
    yield* spikeIncident(company);
  },
};

/** The week of the latency spike is one long degradation everywhere: slow, but up. */
function* spikeIncident({ calendar, stories }: Company): Generator<string> {
  if (stories.spike === null) return;
  const monday = (calendar.weeks - 1 - stories.spike.weeksAgo) * 7 * daySeconds;
  const from = calendar.instant(monday + 5 * 3600);
  const to = calendar.instant(monday + 6 * daySeconds + 17 * 3600);
  for (const service of services) {
    for (const region of regions)
      yield `i-slow-storage,${service},${region},2,false,${from},${to}\n`;
  }
}

/** Capacity is sampled every so many hours. */
const sampleHours = 4;

export const capacityTable: TableOfCompany = {
  name: "capacity_hourly",
  columns: ["pool", "region", "hour_start", "capacity_units", "used_units"],
  *lines({ calendar, climate, options }) {
    const dice = new Dice(options.seed, "platform", 3);
    for (let second = 0; second < calendar.end; second += sampleHours * 3600) {
      const week = Math.floor(second / (7 * daySeconds));
      const isDay = second % daySeconds >= 8 * 3600 && second % daySeconds < 20 * 3600;
      const busy = (isDay ? 0.68 : 0.44) * (climate.demand[week] ?? 1);
      for (const region of regions) {
        const capacity = 400 + 8 * week;
        const used = Math.min(capacity, Math.round(capacity * busy * (1 + 0.06 * dice.noise())));
        yield `inference,${region},${calendar.instant(second)},${capacity},${used}\n`;
      }
    }
  },
};

function instantOfWorkingDay(calendar: Calendar, week: number, dice: Dice): string {
  const day = week * 7 + dice.int(0, 4);
  return calendar.instant(day * daySeconds + dice.int(8 * 3600, 17 * 3600));
}
