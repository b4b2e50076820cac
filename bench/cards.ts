/** How long a card takes, by stage, and beside other ways to draw it. */
import sharp from "sharp";
import { trendSheet } from "../src/render/draw-trend.ts";
import type { Sheet } from "../src/render/drawing.ts";
import { drawTrend } from "../src/render/index.ts";
import { encode, paint } from "../src/render/rasterise.ts";
import { palettes } from "../src/render/theme.ts";
import { trendTemplate } from "../src/render/trend-template.ts";
import { plotTemplate } from "../src/render/vega-plot.ts";
import { median, ms, percentile, ratio, type Table, timed } from "./figures.ts";
import { nthCard } from "./nth-card.ts";
import { type DrawCard, installPeers, peer } from "./peers.ts";

const ROUNDS = 60;
const WARM_UP = 5;
const TURNS = 3;

export async function benchCards(): Promise<Table[]> {
  installPeers();
  const ours: DrawCard = async (card) => (await drawTrend(card)).png;
  const ways: Record<string, DrawCard> = {
    "ours: cached template, Skia, sharp's encoder": ours,
    "compile each time": (card) => {
      plotTemplate(trendTemplate(palettes.light));
      return ours(card);
    },
    "librsvg, inside sharp, instead of Skia": async (card) => {
      const { svg } = await trendSheet(card);
      return sharp(Buffer.from(svg), { density: 144 }).png({ compressionLevel: 2 }).toBuffer();
    },
    "ECharts on a server, sharp": await peer("echarts"),
    "Chart.js on @napi-rs/canvas": await peer("chartjs"),
  };
  for (const [name, draw] of Object.entries(ways)) await expectSize(name, await draw(nthCard(0)));
  const alone = await inRounds(ways);
  return [await byStage(), besideOthers(alone), await inFlight(ways)];
}

/** Fewer pixels would be an advantage. */
async function expectSize(name: string, png: Uint8Array): Promise<void> {
  const { width, height } = await sharp(png).metadata();
  if (width !== 1200 || Math.abs(height - 850) > 40)
    throw new Error(`${name} draws ${width} x ${height} pixels`);
}

/** Each way once a round, so that whatever else the machine does falls on all of them. */
async function inRounds(ways: Record<string, DrawCard>): Promise<Map<string, Samples>> {
  const samples = new Map<string, Samples>();
  for (const name of Object.keys(ways)) samples.set(name, { wall: [], cpu: [] });
  for (let round = -WARM_UP; round < ROUNDS; round++)
    for (const [name, draw] of Object.entries(ways)) {
      const before = process.cpuUsage();
      const wall = await timed(() => draw(nthCard(round + WARM_UP)));
      const { user, system } = process.cpuUsage(before);
      if (round < 0) continue;
      samples.get(name)?.wall.push(wall);
      samples.get(name)?.cpu.push((user + system) / 1000);
    }
  return samples;
}

interface Samples {
  wall: number[];
  cpu: number[];
}

function besideOthers(samples: Map<string, Samples>): Table {
  const [first] = samples.values();
  const [wall, cpu] = [median(first?.wall ?? []), median(first?.cpu ?? [])];
  return {
    title: "A card, one at a time",
    about: `1200 x 850 pixels, 26 weeks with limits and a target, other data at each of ${ROUNDS} calls; all ways take turns. Wall and CPU in ms; ratios of medians to ours.`,
    head: ["way", "wall p50", "p90", "fastest", "CPU p50", "wall ratio", "CPU ratio"],
    rows: [...samples].map(([name, { wall: own, cpu: ownCpu }]) => [
      name,
      ms(median(own)),
      ms(percentile(own, 0.9)),
      ms(Math.min(...own)),
      ms(median(ownCpu)),
      ratio(median(own) / wall),
      ratio(median(ownCpu) / cpu),
    ]),
  };
}

async function byStage(): Promise<Table> {
  const stages: Record<string, number[]> = { "View, dataflow and SVG": [], pixels: [], PNG: [] };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    let sheet: Sheet = { svg: "", width: 0, height: 0 };
    let pixels: Awaited<ReturnType<typeof paint>> | null = null;
    const times = {
      "View, dataflow and SVG": await timed(async () => {
        sheet = await trendSheet(nthCard(round + WARM_UP));
      }),
      pixels: await timed(async () => {
        pixels = await paint(sheet);
      }),
      PNG: await timed(() => pixels && encode(pixels)),
    };
    if (round < 0) continue;
    for (const [stage, time] of Object.entries(times)) stages[stage]?.push(time);
  }
  return {
    title: "A card by stage",
    about: "Milliseconds of wall time, one card at a time.",
    head: ["stage", "p50", "p90", "fastest"],
    rows: Object.entries(stages).map(([stage, times]) => [
      stage,
      ms(median(times)),
      ms(percentile(times, 0.9)),
      ms(Math.min(...times)),
    ]),
  };
}

async function inFlight(ways: Record<string, DrawCard>): Promise<Table> {
  const seconds = new Map<string, number>();
  // In turns, so that no way has the machine's quiet minute to itself.
  for (let turn = 0; turn < TURNS; turn++)
    for (const [name, draw] of Object.entries(ways)) {
      const wall = await timed(() => fourInFlight(draw));
      seconds.set(name, (seconds.get(name) ?? 0) + wall / 1000);
    }
  return {
    title: "Cards a second, four in flight",
    about: `${TURNS} turns of ${ROUNDS} cards a way, one process.`,
    head: ["way", "cards a second"],
    rows: [...seconds].map(([name, took]) => [name, ((TURNS * ROUNDS) / took).toFixed(1)]),
  };
}

async function fourInFlight(draw: DrawCard): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < ROUNDS) await draw(nthCard(next++));
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}
