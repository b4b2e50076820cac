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

/** `byWords`: each has a word of the usual order; else they stand in the order of the alphabet. */
export function rankTiers(plans: readonly string[]): { tiers: RankedTier[]; byWords: boolean } {
  const names = [...new Set(plans.map((plan) => plan.toLowerCase()))].sort();
  const rankOf = (name: string): number =>
    usual.findIndex((words) => name.split(/[^a-z]+/).some((word) => words.includes(word)));
  const byWords = names.every((name) => rankOf(name) >= 0);
  const ordered = byWords ? [...names].sort((a, b) => rankOf(a) - rankOf(b)) : names;
  const tiers = ordered.map((tier) => ({
    tier,
    isPaid: !(rankOf(tier) === 0 || rankOf(tier) === 1),
  }));
  return { tiers, byWords };
}
