/** What kpi.yaml may say, and what holds where it says nothing. */
import { z } from "zod";

const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
const channel = written(
  /^(slack|discord):[A-Za-z0-9]+$/,
  "slack:<id> or discord:<id>, by the id and not the name",
);
const team = z.strictObject({
  channels: z.array(channel).default([]),
  mention: channel.optional(),
  members: z.array(channel).default([]),
});
const wallTime = written(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "09:00", in quotes');
const timeZone = known(isTimeZone, "an IANA time zone such as Europe/London");

export const companySchema = z.strictObject({
  time_zone: timeZone.default("UTC"),
  week_starts: z.enum(weekdays).default("monday"),
  fiscal_year_starts: z.int().min(1).max(12).default(1),
  currency: written(/^[A-Z]{3}$/, "an ISO currency code such as USD").default("USD"),
  locale: known(isLocale, "a locale such as en-GB").default("en-GB"),
  owner: channel.optional(),
  catalogue: z.string().optional(),
  mapping: z.string().optional(),
  teams: z
    .record(written(/^[A-Z][A-Z0-9_]*$/, "a team's name in capitals, such as GTM"), team)
    .default({}),
  channels: z
    .record(
      channel,
      z
        .strictObject({
          sensitive: z.boolean().default(false),
          guests: z.boolean().default(false),
          external: z.boolean().default(false),
          reply: z.enum(["public", "private"]).default("public"),
          muted: z.array(z.string()).default([]),
        })
        .refine(({ sensitive, external }) => !(sensitive && external), {
          path: ["external"],
          message:
            "not where sensitive is true: no sensitive metric is told to another organisation",
        }),
    )
    .default({}),
  scorecard: z
    .strictObject({
      channels: z.array(channel).default([]),
      day: z.enum(weekdays).default("monday"),
      at: wallTime.default("09:00"),
      hold_until: wallTime.optional(),
      metrics: z.array(z.string()).optional(),
    })
    .refine(({ at, hold_until = at }) => hold_until >= at, {
      path: ["hold_until"],
      message: "no earlier than scorecard.at",
    })
    .prefault({}),
  breakdowns: z
    .strictObject({ day: z.enum(weekdays).default("monday"), at: wallTime.default("09:00") })
    .prefault({}),
  operators: z.array(channel).default([]),
  /** links_only: no figure goes to chat, only where to find it. */
  figures: z.enum(["shown", "links_only"]).default("shown"),
  viewers: z.strictObject({ sensitive: z.array(channel).optional() }).prefault({}),
  sources: z.strictObject({ every: wallTime, from: z.string() }).optional(),
  metrics: z
    .strictObject({
      usage_measure: z.enum(["tokens", "api_calls", "core_events"]).default("tokens"),
      arr_basis: z.enum(["contracted", "run_rate"]).default("contracted"),
      adoption: z
        .strictObject({ weeks: z.int().positive().default(7), of: z.int().positive().default(13) })
        .refine(({ weeks, of }) => weeks <= of, {
          path: ["weeks"],
          message: "at most metrics.adoption.of, since those weeks are counted among these",
        })
        .prefault({}),
      acquisition_days: z.int().positive().default(91),
    })
    .prefault({}),
  fonts: z.string().optional(),
  theme: z.enum(["light", "dark"]).default("light"),
});

/** The keys of kpi.yaml, which the reference must name. */
export const companyKeys = Object.keys(companySchema.shape);

/** kpi.yaml with its defaults. */
export type Company = z.infer<typeof companySchema>;

/** A text of a form; `wanted` is a noun and what a fault says. */
function written(form: RegExp, wanted: string) {
  return z.string().regex(form, wanted).describe(wanted);
}

function known(isKnown: (text: string) => boolean, wanted: string) {
  return z.string().refine(isKnown, wanted).describe(wanted);
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function isLocale(name: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length > 0;
  } catch {
    return false;
  }
}

export type Weekday = (typeof weekdays)[number];

/** ISO weekday, 1 Monday to 7 Sunday. */
export function isoWeekday(name: Weekday): number {
  return weekdays.indexOf(name) + 1;
}
