/**
 * Makes values ready to bind. Temporal's go as their ISO text (pg would send them as JSON);
 * undefined is a bug of the caller and throws, because pg would bind it as NULL without a word.
 * Arrays become PostgreSQL arrays, plain objects JSON, dates of the old kind are pg's.
 */
export function bindValues(values: readonly unknown[]): unknown[] {
  return values.map((value, index) => {
    if (value === undefined) throw new TypeError(`the value of $${index + 1} is undefined`);
    return bindValue(value);
  });
}

function bindValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bindValue);
  return isTemporal(value) ? value.toString() : value;
}

type TemporalValue =
  | Temporal.Instant
  | Temporal.PlainDate
  | Temporal.PlainDateTime
  | Temporal.PlainTime
  | Temporal.Duration;

function isTemporal(value: unknown): value is TemporalValue {
  return (
    value instanceof Temporal.Instant ||
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.PlainDateTime ||
    value instanceof Temporal.PlainTime ||
    value instanceof Temporal.Duration
  );
}
