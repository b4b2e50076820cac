/** What a person waits for: the acknowledgement, the numbers, the chart; alone and in a crowd. */
import type { SlackSandbox } from "../sandbox/slack/index.ts";
import { people, startBotProcess } from "./bot-process.ts";
import { ms, percentile, type Table, timed } from "./figures.ts";

const CHANNEL = "C0ALL";
const ASKED = 100;
const questions = [
  "adoption tier=pro",
  "active accounts",
  "error rate by tier",
  "p99 last 12 weeks",
  "adoption by source",
];

const A_SECOND = 50;
const CHARTS_A_SECOND = 5;
const SECONDS = 20;

export async function benchAnswers(): Promise<Table[]> {
  const { slack, stop } = await startBotProcess();
  try {
    for (let i = 0; i < 10; i++) await ask(slack, questions[i % questions.length] ?? "");
    return [await oneAtATime(slack), await inACrowd(slack)];
  } finally {
    await stop();
  }
}

let asked = 0;
/** Everybody in turn. */
const anybody = (): string => people[asked++ % people.length] ?? "";

interface Waited {
  acknowledged: number;
  answered: number;
  pictured: number;
}

const posts = (slack: SlackSandbox) => slack.messages(CHANNEL);
const pictured = (slack: SlackSandbox): number =>
  posts(slack).filter(({ blocks }) => blocks.some((block) => block.type === "image")).length;

/** Milliseconds from the moment at which Slack has the command. */
async function ask(slack: SlackSandbox, text: string): Promise<Waited> {
  const [before, drawnBefore] = [posts(slack).length, pictured(slack)];
  const since = performance.now();
  const elapsed = (): number => performance.now() - since;
  const acknowledged = slack
    .typeCommand({ channel: CHANNEL, user: anybody(), text: `/kpi ${text}` })
    .then(elapsed);
  const answered = slack.waitFor(() => posts(slack).length > before, 30_000).then(elapsed);
  const drawn = slack.waitFor(() => pictured(slack) > drawnBefore, 30_000).then(elapsed);
  return { acknowledged: await acknowledged, answered: await answered, pictured: await drawn };
}

async function oneAtATime(slack: SlackSandbox): Promise<Table> {
  const waited: Waited[] = [];
  for (let i = 0; i < ASKED; i++)
    waited.push(await ask(slack, questions[i % questions.length] ?? ""));
  const row = (name: string, pick: (one: Waited) => number): string[] => {
    const samples = waited.map(pick);
    return [name, ms(percentile(samples, 0.5)), ms(percentile(samples, 0.99))];
  };
  return {
    title: "A question, one at a time",
    about: `${ASKED} questions on the demo company, typed in the sandbox's Slack and answered by \`kpi serve\` in its own process over signed HTTP. Milliseconds from the command's arrival.`,
    head: ["until", "p50", "p99"],
    rows: [
      row("acknowledged", (one) => one.acknowledged),
      row("the numbers stand in the channel", (one) => one.answered),
      row("the chart stands in the channel", (one) => one.pictured),
    ],
  };
}

/** Commands keep arriving by the clock, whether the earlier ones are answered or not. */
async function inACrowd(slack: SlackSandbox): Promise<Table> {
  const before = pictured(slack);
  const acks: { chart: boolean; wait: Promise<number> }[] = [];
  const total = A_SECOND * SECONDS;
  const started = performance.now();
  for (let i = 0; i < total; i++) {
    const chart = i % (A_SECOND / CHARTS_A_SECOND) === 0;
    const text = chart ? (questions[(i / 10) % questions.length] ?? "") : "help";
    const command = { channel: CHANNEL, user: anybody(), text: `/kpi ${text}` };
    acks.push({ chart, wait: timed(() => slack.typeCommand(command)) });
    const ahead = started + ((i + 1) * 1000) / A_SECOND - performance.now();
    if (ahead > 0) await new Promise((done) => setTimeout(done, ahead));
  }
  const waits = await Promise.all(acks.map(({ wait }) => wait));
  const charts = (total / A_SECOND) * CHARTS_A_SECOND;
  const arrived = await chartsOf(slack, before, charts);
  return {
    title: `Acknowledgements under ${A_SECOND} commands a second, ${CHARTS_A_SECOND} of them drawing charts`,
    about: `${total} commands in ${SECONDS} s, of which ${charts} ask for a metric and the others for the help; ${arrived} of the ${charts} charts arrived. The Slack that asks shares the machine, and 200 people ask in turn. Goal: p99 below 500 ms, none above 2,000.`,
    head: ["commands", "p50", "p99", "slowest"],
    rows: [[String(total), ...[0.5, 0.99, 1].map((share) => ms(percentile(waits, share)))]],
  };
}

/** How many charts have come once all have, or half a minute after the last command. */
async function chartsOf(slack: SlackSandbox, before: number, most: number): Promise<number> {
  const come = (): number => pictured(slack) - before;
  await slack.waitFor(() => come() >= most, 30_000).catch(() => undefined);
  return come();
}
