import { buildScorecard, latestScorecardWeek, parseWeek } from "../metrics/index.ts";
import { visibleTo } from "../policy/index.ts";
import { failed, ok } from "../result.ts";
import { pictureOfScorecard, scorecardJson, tellScorecard } from "../wording/index.ts";
import type { Command } from "./command-context.ts";

export const showScorecard: Command = {
  name: "scorecard",
  usage: "scorecard [week <w>]",
  what: "The shared scorecard of a week, as far as it may be seen here.",
  examples: ["scorecard"],
  async run(context, ask) {
    const { metrics, voice, theme } = context;
    const shown = visibleTo(
      context.rules,
      ask.caller,
      context.scorecard
        .map((id) => metrics.catalogue.get(id))
        .filter((metric) => metric !== undefined),
    ).map((metric) => metric.id);
    const [keyword, word, stranger] = ask.words;
    if (keyword !== undefined && keyword.toLowerCase() !== "week")
      return failed({ kind: "not_yet", word: keyword });
    if (keyword !== undefined && word === undefined)
      return failed({
        kind: "word_without_value",
        word: keyword,
        example: "scorecard week 2026-W46",
      });
    if (stranger !== undefined)
      return failed({ kind: "unknown_word", word: stranger, expected: ["nothing more"] });
    const asked = word ?? ask.week;
    const today = ask.now.toZonedDateTimeISO(metrics.settings.timeZone).toPlainDate();
    const week =
      asked === null
        ? await latestScorecardWeek(metrics, shown)
        : parseWeek(asked, metrics.settings.weekStarts, today);
    if (week === null)
      return failed(
        asked === null
          ? { kind: "no_data", metric: "the scorecard", sources: ["the source tables"] }
          : { kind: "bad_week", word: asked },
      );
    const scorecard = await buildScorecard(metrics, shown, week, ask.exact);
    const hidden = context.scorecard.length - shown.length;
    return ok({
      message: tellScorecard(scorecard, hidden, voice),
      draw: () => pictureOfScorecard(scorecard, hidden, voice, theme),
      data: scorecardJson(scorecard),
    });
  },
};
