import type { TrendCard } from "../src/render/index.ts";
import { aTrend } from "../test/render/trend-cards.ts";

/** Other data, and so other labels and scales, at each call. */
export function nthCard(i: number): TrendCard {
  const card = aTrend();
  const value = `${(30 + (i % 400) / 20).toFixed(2)}%`;
  const points = card.points.map((point, k) => ({
    ...point,
    value: point.value === null ? null : point.value + 0.0004 * ((i * 31 + k * 17) % 97),
  }));
  return { ...card, points, value, title: `Adoption Rate ${i}` };
}
