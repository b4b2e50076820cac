/** The pricing tiers that a file's plans are, the lowest first. */

/** Their usual order; what stands together has one rank and is then told apart by its name. */
const usual: readonly (readonly string[])[] = [
  ["free", "freemium", "community"],
  ["trial"],
  ["starter", "basic", "lite", "hobby", "personal", "essential", "essentials"],
  ["standard", "team", "plus", "growth"],
  ["pro", "professional", "premium"],
  ["business", "scale", "advanced"],
  ["enterprise", "ultimate", "unlimited"],
];

export interface RankedTier {
  tier: string;
  isPaid: boolean;
}

function rankOf(plan: string): number {
  const said = plan.toLowerCase().split(/[^a-z]+/);
  return usual.findIndex((words) => said.some((word) => words.includes(word)));
}

/** What a plan by itself says of the state of its lines; null: who has it pays, as far as its name tells. */
export function unpaidState(plan: string): "free" | "trial" | null {
  const rank = rankOf(plan);
  return rank === 0 ? "free" : rank === 1 ? "trial" : null;
}

/** `byWords`: each has a word of the usual order; else they stand in the order of the alphabet. */
export function rankTiers(plans: readonly string[]): { tiers: RankedTier[]; byWords: boolean } {
  const names = [...new Set(plans.map((plan) => plan.toLowerCase()))].sort();
  const byWords = names.every((name) => rankOf(name) >= 0);
  const ordered = byWords ? [...names].sort((a, b) => rankOf(a) - rankOf(b)) : names;
  const tiers = ordered.map((tier) => ({ tier, isPaid: unpaidState(tier) === null }));
  return { tiers, byWords };
}
