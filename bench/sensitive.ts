/** What it costs to keep figures of few accounts out of chat: the same questions told freely and held back. */
import { catalogueOf, type Metric } from "../src/metrics/catalogue/index.ts";
import { answerMetric, type MetricQuery, type Metrics, refresh } from "../src/metrics/index.ts";
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
    const kept = await eachAsked(world, TURNS);
    await work.run("DELETE FROM bot.account_count");
    const counted = await eachAsked(world, 1);
    return [tableOf(kept, counted)];
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

/** Milliseconds of a question, medians of the turns. */
interface Took {
  freely: number;
  heldBack: number;
}

/** Both ways take turns, so that whatever else the machine does slows both. */
async function eachAsked({ data }: World, turns: number): Promise<Took[]> {
  const { work, catalogue, settings } = data;
  const metrics = { db: work, catalogue, settings };
  const took: Took[] = [];
  for (const question of questions) {
    const freely: number[] = [];
    const heldBack: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      freely.push(await timed(() => answered(metrics, question)));
      heldBack.push(
        await timed(() => answered({ ...metrics, discretion: minimumCohort }, question)),
      );
    }
    took.push({ freely: median(freely), heldBack: median(heldBack) });
  }
  return took;
}

async function answered(metrics: Metrics, question: Asked): Promise<void> {
  const open = {
    week: null,
    cohort: null,
    windowWeeks: null,
    lastWeeks: 26,
    versus: "prev",
  } as const;
  const answer = await answerMetric(metrics, { ...open, ...question });
  if (!answer.ok) throw new Error(`${nameOf(question)}: ${answer.fault.kind}`);
}

function nameOf({ metric, filters, by }: Asked): string {
  const terms = Object.entries(filters).map(([name, values]) => `${name}=${values.join(",")}`);
  return [metric, ...terms, ...(by === null ? [] : [`by ${by}`])].join(" ");
}

function tableOf(kept: readonly Took[], counted: readonly Took[]): Table {
  return {
    title: "Sensitive metrics in chat, at 4,000 accounts",
    about: `Milliseconds of a question with 26 weeks and its verdicts: told freely, as on the terminal; held back where few accounts are behind it, with the counts that stand beside the cells; and held back with all accounts counted from the facts. Medians of ${TURNS} in turn, the last column once. Weekly revenue by two dimensions has neither cells nor counts, since an account may stand under several tiers: both are computed from the facts.`,
    head: ["question", "freely", "held back", "ratio", "counted anew"],
    rows: questions.map((question, i) => {
      const { freely = 0, heldBack = 0 } = kept[i] ?? {};
      const anew = counted[i]?.heldBack ?? 0;
      return [nameOf(question), ms(freely), ms(heldBack), ratio(heldBack / freely), ms(anew)];
    }),
  };
}
