/** What it costs to keep figures of few accounts out of chat: the same questions told freely and held back. */
import { catalogueOf, type Metric } from "../src/metrics/catalogue/index.ts";
import { answerMetric, type MetricQuery, refresh } from "../src/metrics/index.ts";
import { minimumCohort } from "../src/policy/index.ts";
import { median, ms, ratio, type Table, timed } from "./figures.ts";
import { startWorld, type World } from "./scale/world.ts";

/** About 4,000 accounts. */
const USAGE_ROWS = 4e6;
const TURNS = 7;

type Asked = Pick<MetricQuery, "metric" | "filters" | "by">;

const questions: readonly Asked[] = [
  ...["mrr", "weekly_revenue", "ytd_revenue", "cltv"].flatMap((metric) =>
    [{}, { tier: ["pro"] }].map((filters) => ({ metric, filters, by: null })),
  ),
  { metric: "weekly_revenue", filters: { tier: ["pro"] }, by: "source" },
  { metric: "mrr", filters: { tier: ["pro"], region: ["eu"] }, by: null },
  { metric: "weekly_revenue", filters: { tier: ["pro"], region: ["eu"] }, by: null },
];

export async function benchSensitive(): Promise<Table[]> {
  const world = await startWorld(USAGE_ROWS);
  try {
    const { work, settings, catalogue } = world.data;
    await refresh(work, settings, catalogueOf(catalogue.metrics.filter(isMeasured(catalogue))));
    const free = await eachAsked(world, false, TURNS);
    const kept = await eachAsked(world, true, TURNS);
    await work.run("DELETE FROM bot.account_count");
    const counted = await eachAsked(world, true, 1);
    return [tableOf(free, kept, counted)];
  } finally {
    await world.stop();
  }
}

/** The metrics that are asked about, and what they are derived from. */
function isMeasured({ get }: World["data"]["catalogue"]): (metric: Metric) => boolean {
  const asked = questions.flatMap(({ metric }) => get(metric) ?? []);
  const parts = asked.flatMap((metric) => metric.parts.map((part) => part.metric));
  const ids = new Set([...asked, ...parts].map(({ id }) => id));
  return ({ id }) => ids.has(id);
}

/** Milliseconds of each question, the median of the turns. */
async function eachAsked({ data }: World, isHeldBack: boolean, turns: number): Promise<number[]> {
  const { work, catalogue, settings } = data;
  const metrics = { db: work, catalogue, settings };
  const asked = isHeldBack ? { ...metrics, discretion: minimumCohort } : metrics;
  const open = {
    week: null,
    cohort: null,
    windowWeeks: null,
    lastWeeks: 26,
    versus: "prev",
  } as const;
  const taken: number[] = [];
  for (const question of questions) {
    const samples: number[] = [];
    for (let turn = 0; turn < turns; turn++)
      samples.push(
        await timed(async () => {
          const answer = await answerMetric(asked, { ...open, ...question });
          if (!answer.ok) throw new Error(`${nameOf(question)}: ${answer.fault.kind}`);
        }),
      );
    taken.push(median(samples));
  }
  return taken;
}

function nameOf({ metric, filters, by }: Asked): string {
  const terms = Object.entries(filters).map(([name, values]) => `${name}=${values.join(",")}`);
  return [metric, ...terms, ...(by === null ? [] : [`by ${by}`])].join(" ");
}

function tableOf(
  free: readonly number[],
  kept: readonly number[],
  counted: readonly number[],
): Table {
  return {
    title: "Sensitive metrics in chat, at 4,000 accounts",
    about: `Milliseconds of a question with 26 weeks and its verdicts: told freely, as on the terminal; held back where few accounts are behind it, with the counts that stand beside the cells; and held back with all accounts counted from the facts. Medians of ${TURNS}, the last column once. Weekly revenue by two dimensions has neither cells nor counts, since an account may stand under several tiers: both are computed from the facts.`,
    head: ["question", "freely", "held back", "ratio", "counted anew"],
    rows: questions.map((question, i) => {
      const [a = 0, b = 0, c = 0] = [free[i], kept[i], counted[i]];
      return [nameOf(question), ms(a), ms(b), ratio(b / a), ms(c)];
    }),
  };
}
