import type { Metric } from "../metrics/catalogue/index.ts";
import {
  buildScorecard,
  latestScorecardWeek,
  metricsOfTeam,
  type WeekStart,
} from "../metrics/index.ts";
import { visibleTo } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import {
  type AskFault,
  csvOfScorecard,
  pictureOfScorecard,
  scorecardJson,
  scorecardLine,
  scorecardOffers,
  tellScorecard,
} from "../wording/index.ts";
import type { Ask, Command, CommandContext } from "./command-context.ts";
import { fold } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";
import { textOf } from "./name-index.ts";
import { outOfReach } from "./out-of-reach.ts";
import { readNameAndWeek } from "./read-name-and-week.ts";
import { nearestWords } from "./unlikeness.ts";

export const showScorecard: Command = {
  name: "scorecard",
  usage: "scorecard [team] [week <w>] [private|public]",
  what: "The shared scorecard of a week, or a team's: what it owns or contributes to.",
  examples: ["scorecard", "scorecard CS", "scorecard week 46"],
  async run(context, ask) {
    const { metrics, voice, theme } = context;
    const asked = readAsked(context, ask);
    if (!asked.ok) return asked;
    const { team } = asked.value;
    const wanted = metricsFor(context, team);
    const shown = visibleTo(context.rules, ask.caller, wanted).map((metric) => metric.id);
    if (wanted.length > 0 && shown.length === 0) return failed(notHere(ask, team));
    const week = asked.value.week ?? (await latestScorecardWeek(metrics, shown));
    if (week === null)
      return failed({
        kind: "no_data",
        metric: "the scorecard",
        sources: ["the source tables"],
        needs: [],
      });
    const outside = await outOfReach(context, ask, wanted, week);
    if (outside !== null) return failed(outside);
    const built = await buildScorecard(metrics, shown, week, ask.exact);
    const scorecard = team === null ? built : { ...built, team };
    const hidden = wanted.length - shown.length;
    return ok({
      message: tellScorecard(scorecard, { hidden }, voice),
      draw: () => pictureOfScorecard(scorecard, hidden, voice, theme),
      data: scorecardJson(scorecard, voice),
      metrics: built.rows.filter(({ kind }) => kind === "answered").map(({ metric }) => metric),
      csv: () => csvOfScorecard(scorecard, voice),
      line: scorecardLine(scorecard),
      next: scorecardOffers(scorecard, metrics.catalogue),
    });
  },
};

interface Asked {
  /** As the catalogue spells it; null: the shared scorecard. */
  team: string | null;
  week: WeekStart | null;
}

function readAsked(context: CommandContext, ask: Ask): Result<Asked, AskFault> {
  const expected = ["a team", "week <w>", "private", "public"];
  const read = readNameAndWeek(context, ask, { expected, example: "scorecard week 2026-W46" });
  if (!read.ok) return read;
  const team = teamOf(context, read.value.named);
  return team.ok ? ok({ team: team.value, week: read.value.week }) : team;
}

function teamOf(
  { metrics }: CommandContext,
  named: readonly Token[],
): Result<string | null, AskFault> {
  if (named.length === 0) return ok(null);
  const owners = metrics.catalogue.metrics.flatMap((metric) => metric.owners);
  const known = metrics.catalogue.teams.map((each) => each.team);
  const teams = [...new Set([...owners, ...known])].sort();
  const word = textOf(named);
  const team = teams.find((name) => fold(name) === fold(word));
  if (team !== undefined) return ok(team);
  return failed({ kind: "unknown_team", word, nearest: nearestWords(word, teams), teams });
}

function metricsFor({ metrics, scorecard }: CommandContext, team: string | null): Metric[] {
  if (team === null)
    return scorecard
      .map((id) => metrics.catalogue.get(id))
      .filter((metric) => metric !== undefined);
  return metricsOfTeam(metrics.catalogue, team);
}

function notHere(ask: Ask, team: string | null): AskFault {
  const name = team === null ? "The scorecard" : `The scorecard of ${team}`;
  return { kind: "not_here", name, direct: ask.caller.kind === "person" && ask.caller.direct };
}
