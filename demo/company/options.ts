/** What decides every byte of the demo company. */
export interface CompanyOptions {
  /** Any whole number. The same options give the same bytes, another seed another company. */
  seed: number;
  /** Number of whole weeks of history, at least 40. */
  weeks: number;
  /** ISO date of the Monday on which the newest complete week begins. */
  lastWeek: string;
  /** Whether the stories of docs/demo.md are planted; without them the same company lives on, untouched by them. */
  stories: boolean;
}

const mondayOfEpoch = Date.parse("1970-01-05T00:00:00Z");
const weekMs = 7 * 86_400_000;

/** Wrong options are a bug of the caller, so they throw. */
export function checkOptions(options: CompanyOptions): void {
  const monday = Date.parse(`${options.lastWeek}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(options.lastWeek) || Number.isNaN(monday)) {
    throw new RangeError(`lastWeek: "${options.lastWeek}" is no ISO date`);
  }
  if ((monday - mondayOfEpoch) % weekMs !== 0) {
    throw new RangeError(`lastWeek: ${options.lastWeek} is no Monday`);
  }
  if (!Number.isInteger(options.weeks) || options.weeks < 40) {
    throw new RangeError(`weeks: ${options.weeks} is no whole number of at least 40`);
  }
  if (!Number.isInteger(options.seed)) {
    throw new RangeError(`seed: ${options.seed} is no whole number`);
  }
}
