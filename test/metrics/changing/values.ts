/** What random rows are made of, within twenty weeks; few of each, so that rows are found again and changed. */
import fc from "fast-check";

/** A Monday; of a leap year, and its twenty weeks hold the turn of many clocks. */
export const FIRST_DAY = "2024-01-01";
export const DAYS = 140;

export const day = fc
  .integer({ min: 0, max: DAYS - 1 })
  .map((days) => Temporal.PlainDate.from(FIRST_DAY).add({ days }).toString());
export const instant = fc
  .tuple(day, fc.integer({ min: 0, max: 23 }))
  .map(([date, hour]) => `${date}T${String(hour).padStart(2, "0")}:00Z`);
/** An instant, and one up to two weeks later, or none. */
export const span = fc
  .tuple(instant, fc.option(fc.integer({ min: 0, max: 336 })))
  .map(([from, hours]) => {
    const to = hours === null ? null : Temporal.Instant.from(from).add({ hours }).toString();
    return { from, to };
  });
/** Hours after something, around the deadlines of 7, 14 and 28 days too; or never. */
export const later = fc.option(
  fc.oneof(
    fc.integer({ min: -24, max: 900 }),
    fc.constantFrom(167, 168, 169, 335, 336, 337, 671, 672, 673),
  ),
  { freq: 3 },
);
export const service = fc.constantFrom("api", "web");
export const region = fc.constantFrom("eu", "us");
export const account = fc.integer({ min: 0, max: 23 }).map((i) => `a${i}`);
export const small = fc.integer({ min: 0, max: 5 });
export const channel = fc.constantFrom("direct", "paid");
/** Features that come and go; `steady` is always there, and others refer to it. */
export const passingFeature = fc.constantFrom("core", "extra", "crm", "unknown");
export const feature_id = fc.oneof(passingFeature, fc.constant("steady"));
export const campaign_id = fc.constantFrom("none", "spring");
export const source = fc.constantFrom("campaign", "referral");

export function hoursAfter(instant: string, hours: number | null): string | null {
  return hours === null ? null : Temporal.Instant.from(instant).add({ hours }).toString();
}

export function daysAfter(date: string, days: number | null): string | null {
  return days === null ? null : Temporal.PlainDate.from(date).add({ days }).toString();
}
export const buckets = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`b${i}`, small]));
