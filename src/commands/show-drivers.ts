import type { Driver, Metric } from "../metrics/catalogue/index.ts";
import {
  buildScorecard,
  latestScorecardWeek,
  toldDriver,
  type WeekStart,
} from "../metrics/index.ts";
import { maySee, visibleTo } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import {
  type AskFault,
  driversJson,
  type TellableDrivers,
  tellDriver,
  tellDrivers,
  weekName,
} from "../wording/index.ts";
import type { Ask, Command, CommandContext } from "./command-context.ts";
import type { Token } from "./lex-line.ts";
import { nameDriver, whichDriver } from "./name-driver.ts";
import { nameMetric } from "./name-metric.ts";
import { outOfReach } from "./out-of-reach.ts";
import { readNameAndWeek } from "./read-name-and-week.ts";

export const showDrivers: Command = {
  name: "drivers",
  usage: "drivers [metric | driver] [week <w>] [private|public]",
  what: "What moves a success metric: its drivers, who owns them, how they stand, and their metrics.",
  examples: ["drivers adoption", "drivers C.3.2", "drivers"],
  async run(context, ask) {
    const asked = readAsked(context, ask);
    if (!asked.ok) return asked;
    const { drivers, moved, name, kind } = asked.value;
    const ids = [...new Set(drivers.flatMap(({ metrics }) => metrics))];
    const known = ids
      .map((id) => context.metrics.catalogue.get(id))
      .filter((one) => one !== undefined);
    const shown = visibleTo(context.rules, ask.caller, known).map(({ id }) => id);
    const week = asked.value.week ?? (await latestScorecardWeek(context.metrics, shown));
    if (week === null)
      return failed({ kind: "no_data", metric: name || "no driver", ...missingFor(known) });
    const outside = await outOfReach(context, ask, known, week);
    if (outside !== null) return failed(outside);
    const { rows } = await buildScorecard(context.metrics, shown, week, ask.exact);
    const line = ["drivers", name, `week ${weekName(week)}`].filter(Boolean).join(" ");
    const told: TellableDrivers = {
      week,
      drivers: drivers.map((driver) => toldDriver(driver, rows)),
      moved,
      hidden: ids.length - shown.length,
      line,
    };
    return ok({
      message:
        kind === "driver" ? tellDriver(told, context.voice) : tellDrivers(told, context.voice),
      draw: null,
      data: driversJson(told, context.voice),
      metrics: rows.filter(({ kind }) => kind === "answered").map(({ metric }) => metric),
      line,
    });
  },
};

interface Asked {
  kind: "driver" | "tree" | "all";
  drivers: readonly Driver[];
  /** The success metric that they move, where it may be named here. */
  moved: Metric | null;
  /** What asks for them, behind `drivers`. */
  name: string;
  week: WeekStart | null;
}

function readAsked(context: CommandContext, ask: Ask): Result<Asked, AskFault> {
  const { catalogue } = context.metrics;
  const expected = ["a metric", "a driver", "week <w>", "private", "public"];
  const read = readNameAndWeek(context, ask, { expected, example: "drivers adoption week 46" });
  if (!read.ok) return read;
  const { named, week } = read.value;
  if (named.length === 0)
    return ok({ kind: "all", drivers: catalogue.drivers, moved: null, name: "", week });
  const found = nameDriver(catalogue.drivers, named);
  const [driver, ...others] = found.drivers;
  if (driver === undefined) return ofMetric(context, { ...ask, tokens: named }, week);
  if (others.length > 0) return failed(whichDriver(found, "drivers", afterName(ask, named)));
  const parent = catalogue.get(driver.parent);
  const moved = parent && maySee(context.rules, ask.caller, parent) ? parent : null;
  return ok({ kind: "driver", drivers: [driver], moved, name: driver.code, week });
}

function ofMetric(
  context: CommandContext,
  ask: Ask,
  week: WeekStart | null,
): Result<Asked, AskFault> {
  const named = nameMetric(context, ask, "drivers");
  if (!named.ok) return named;
  const { metric, rest } = named.value;
  if (rest[0] !== undefined)
    return failed({
      kind: "unknown_word",
      word: rest[0].text,
      expected: ["week <w>", "nothing more"],
    });
  const { drivers } = context.metrics.catalogue;
  const own = drivers.filter(({ parent }) => parent === metric.id);
  if (own.length > 0)
    return ok({ kind: "tree", drivers: own, moved: metric, name: metric.id, week });
  const over = drivers.filter(({ metrics }) => metrics.includes(metric.id));
  return failed({
    kind: "no_drivers",
    name: metric.name,
    lines: over.map(({ code }) => `drivers ${code}`),
  });
}

/** What their answers wait for. */
function missingFor(metrics: readonly Metric[]) {
  return {
    sources: [...new Set(metrics.flatMap(({ reads }) => reads))],
    needs: metrics.flatMap(({ needs }) => needs),
  };
}

function afterName({ line }: Ask, named: readonly Token[]): string {
  return line.slice(named.at(-1)?.end ?? line.length).trim();
}
