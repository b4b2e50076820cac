/**
 * The spellings in which a CSV or a table's text holds dates, instants and numbers, and how each is
 * brought to the one that an import takes. What has two meanings has no form: of 03/04/2026 nobody
 * knows the day unless another row of the column tells it.
 */
import { constant } from "../sql-text.ts";
import { isNumber } from "../value-rules.ts";

export interface Form {
  /** As `profile` counts it. */
  name: FormName;
  /** SQL of the text in the spelling of imports; what does not fit the form is left as it is. */
  read: (text: string) => string;
  /** What is said of it in the mapping; empty where the text is taken as it is. */
  says: string;
}

/** A time behind a day, or none. */
const clock = "( \\d{1,2}:\\d{2}(:\\d{2})?)?";

/** Regular expressions of Postgres, over the trimmed text. */
export const patterns = {
  day: "^\\d{4}-\\d{2}-\\d{2}$",
  instant:
    "^\\d{4}-\\d{2}-\\d{2}[T ]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?( ?(Z|UTC|GMT|[+-]\\d{2}(:?\\d{2})?))?$",
  /** Of the instants, those that say their zone. */
  zoned: "\\d ?(Z|UTC|GMT|[+-]\\d{2}(:?\\d{2})?)$",
  slashed_ymd: "^\\d{4}/\\d{2}/\\d{2}$",
  /** Days before months are never written with points elsewhere. */
  dotted: `^\\d{1,2}\\.\\d{1,2}\\.\\d{4}${clock}$`,
  day_first: `^(1[3-9]|2\\d|3[01])[/-]\\d{1,2}[/-]\\d{4}${clock}$`,
  month_first: `^\\d{1,2}[/-](1[3-9]|2\\d|3[01])[/-]\\d{4}${clock}$`,
  either_first: `^(0?[1-9]|1[0-2])[/-](0?[1-9]|1[0-2])[/-]\\d{4}${clock}$`,
  /** Of any of these, those that say the time of day. */
  timed: "\\d{4} \\d{1,2}:\\d{2}",
  epoch: "^\\d{10}$",
  epoch_ms: "^\\d{13}$",
  whole: "^[+-]?\\d+$",
  number: "^[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?$",
  money: "^-?[$€£¥]? ?-?\\d{1,3}(,?\\d{3})*(\\.\\d+)?$",
  money_comma: "^-?[$€£¥]? ?-?\\d{1,3}(\\.?\\d{3})*(,\\d+)? ?[$€£¥]?$",
  /** A thousand and more as much of Europe writes it, or a little more than one. */
  thousand_or_one: "^[+-]?[$€£¥]? ?[1-9]\\d{0,2}\\.\\d{3} ?[$€£¥]?$",
  pointed: "\\.",
  truth: "^([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|[Nn]o|YES|NO|[YyNnTtFf]|0|1)$",
} as const;
export type FormName = keyof typeof patterns;

/** Counts of the filled values of a column, by the forms they have. */
export type FormCounts = Readonly<Record<FormName, number>>;

const asIs = (name: FormName): Form => ({ name, read: (text) => text, says: "" });

/** `03/02/2025` and its like turned round; a day or month of one digit gets its nought, a time stays. */
function turned(name: FormName, days: "first" | "second", says: string): Form {
  const [day, month] = days === "first" ? [1, 2] : [2, 1];
  const parts = constant("^(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4})");
  const read = (text: string): string =>
    `CASE WHEN ${text} ~ ${constant(`^\\d{1,2}[./-]\\d{1,2}[./-]\\d{4}${clock}$`)} THEN regexp_replace(regexp_replace(${text}, ${parts}, ${constant(`\\3-0\\${month}-0\\${day}`)}), '-0(\\d\\d)', '-\\1', 'g') ELSE ${text} END`;
  return { name, read, says };
}

const moments: readonly Form[] = [
  asIs("instant"),
  asIs("day"),
  { name: "slashed_ymd", read: (text) => `replace(${text}, '/', '-')`, says: "written 2025/02/03" },
  turned("dotted", "first", "written 3.2.2025, the day first"),
  turned("day_first", "first", "written 3/2/2025, the day first: a first number is above 12"),
  turned("month_first", "second", "written 2/3/2025, the month first: a second number is above 12"),
  epoch("epoch", ""),
  epoch("epoch_ms", " / 1000.0"),
];

function epoch(name: "epoch" | "epoch_ms", divided: string): Form {
  const read = (text: string): string =>
    `CASE WHEN ${text} ~ ${constant(patterns[name])} THEN to_char(to_timestamp(${text}::numeric${divided}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') ELSE ${text} END`;
  return { name, read, says: `${divided === "" ? "seconds" : "milliseconds"} since 1970` };
}

const numbers: readonly Form[] = [
  asIs("number"),
  {
    name: "money",
    read: (text) => `regexp_replace(${text}, '[$€£¥, ]', '', 'g')`,
    says: "without currency signs and separators of thousands",
  },
  {
    name: "money_comma",
    read: (text) => `replace(regexp_replace(${text}, '[$€£¥. ]', '', 'g'), ',', '.')`,
    says: "with a decimal comma",
  },
];

/** Whether a point parts thousands or decimals, no value of the column tells. */
export function hasTwoReadings(type: string, counts: FormCounts): boolean {
  const { thousand_or_one: open, pointed } = counts;
  return isNumber(type) && !/int/.test(type) && open > 0 && open === pointed;
}

/** The form that nearly all filled values of a column have as values of `type`, and the share; null: none. */
export function formFor(
  type: string,
  counts: FormCounts,
  filled: number,
): { form: Form; fit: number } | null {
  const judged = formsOf(type).map((form) => ({ form, fit: fitOf(form.name, counts) / filled }));
  return judged.find(({ fit }) => fit >= NEARLY_ALL) ?? null;
}

/** Of a hundred values two may be wrong: an import rejects their rows, with the reason. */
const NEARLY_ALL = 0.98;

function fitOf(name: FormName, counts: FormCounts): number {
  // Once one value tells which number is the day, those that could be either follow it.
  if (name === "day_first" && counts.day_first > 0 && counts.month_first === 0)
    return counts.day_first + counts.either_first;
  if (name === "month_first" && counts.month_first > 0 && counts.day_first === 0)
    return counts.month_first + counts.either_first;
  // A column of instants may hold some days alone.
  return name === "instant" && counts.instant > 0 ? counts.instant + counts.day : counts[name];
}

function formsOf(type: string): readonly Form[] {
  if (type === "date" || type.startsWith("timestamp")) return moments;
  if (type === "boolean") return [asIs("truth")];
  if (/int/.test(type)) return [asIs("whole")];
  return isNumber(type) ? numbers : [];
}
