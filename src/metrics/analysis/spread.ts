import { assertNever } from "../../result.ts";
import type { Fit } from "./baseline.ts";
import type { Kind } from "./observation.ts";
import type { Law } from "./tails.ts";

/**
 * s0, the smallest spread that is believed where y is expected at `X`: that of chance alone
 * (binomial, multinomial, Poisson; half of Poisson for standing counts), and 0 where nothing says.
 * Source: METRICS.md 4.2 B, kinds.
 */
export function believedSpread(kind: Kind, fit: Fit, X: number): number {
  switch (kind) {
    case "prop":
      return 1;
    case "nps": {
      const { sum, squares, n } = fit.pooled;
      return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
    }
    case "flow":
      return fit.scale === "ln" ? Math.exp(-X / 2) : 1;
    case "stock":
      return fit.scale === "ln" ? Math.exp(-X) / 2 : 1 / fit.line.ym;
    case "value":
      return 0;
    default:
      return assertNever(kind);
  }
}

/** The larger of the spreads, and never so small that rounding becomes a finding. */
export function spreadInUse(sd: number, s0: number, X: number): number {
  return Math.max(sd, s0, 1e-9 * Math.max(1, Math.abs(X)));
}

/** Student's t with this many degrees of freedom, since the N residuals lean on one another. */
export function studentOf(N: number): Law {
  return { df: Math.floor(N / 2) };
}
