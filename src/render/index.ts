export { drawScorecard } from "./draw-scorecard.ts";
export { drawTrend } from "./draw-trend.ts";
export type { Drawing } from "./drawing.ts";
export { addFonts } from "./extra-fonts.ts";
export { RenderError, type RenderFault } from "./render-error.ts";
export type { ScorecardCard, ScorecardRow, VerdictKind } from "./scorecard-card.ts";
export type { Theme, Tone } from "./theme.ts";
export type { Band, TrendCard, TrendPoint } from "./trend-card.ts";
