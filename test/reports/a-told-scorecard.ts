import type { ToldScorecard } from "../../src/reports/told.ts";
import { anAnswer } from "../wording/an-answer.ts";

const answer = anAnswer();
const { metric, name } = answer;

/** A scorecard of one row, with a picture, for the week that ends before Monday 16 November 2026. */
export const toldScorecard: ToldScorecard = {
  kind: "scorecard",
  scorecard: {
    week: "2026-11-09",
    rows: [{ kind: "answered", metric, name, answer, owners: ["PRD"], sensitive: false }],
  },
};
