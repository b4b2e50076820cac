/** The small tables that everything else points to, as data. */
import type { Share } from "./dice.ts";

export type Tier = "free" | "starter" | "pro" | "enterprise";
export type Source = "conference" | "campaign" | "referral" | "organic" | "outbound" | "partner";

export const tiers: readonly { tier: Tier; rank: number; isPaid: boolean }[] = [
  { tier: "free", rank: 0, isPaid: false },
  { tier: "starter", rank: 1, isPaid: true },
  { tier: "pro", rank: 2, isPaid: true },
  { tier: "enterprise", rank: 3, isPaid: true },
];

export const channels: readonly { channel: string; isOrganic: boolean }[] = [
  { channel: "events", isOrganic: false },
  { channel: "email", isOrganic: false },
  { channel: "paid_search", isOrganic: false },
  { channel: "blog", isOrganic: false },
  { channel: "outbound", isOrganic: false },
  { channel: "partner", isOrganic: false },
  { channel: "organic_search", isOrganic: true },
  { channel: "direct", isOrganic: true },
  { channel: "community", isOrganic: true },
  { channel: "referral", isOrganic: true },
];

interface Campaign {
  id: string;
  kind: "email" | "blog" | "event" | "paid" | "partner" | "other";
  channel: string;
}

export const campaigns: readonly Campaign[] = [
  { id: "none", kind: "other", channel: "direct" },
  { id: "summit-north", kind: "event", channel: "events" },
  { id: "summit-south", kind: "event", channel: "events" },
  { id: "data-days", kind: "event", channel: "events" },
  { id: "welcome-series", kind: "email", channel: "email" },
  { id: "monthly-letter", kind: "email", channel: "email" },
  { id: "search-brand", kind: "paid", channel: "paid_search" },
  { id: "search-category", kind: "paid", channel: "paid_search" },
  { id: "field-notes", kind: "blog", channel: "blog" },
  { id: "partner-pages", kind: "partner", channel: "partner" },
];

/** Where accounts come from: the share of sign-ups and the campaigns or channels of each source. */
export const sourceShares: readonly [Share<Source>, ...Share<Source>[]] = [
  ["campaign", 0.31],
  ["organic", 0.24],
  ["conference", 0.17],
  ["referral", 0.12],
  ["outbound", 0.09],
  ["partner", 0.07],
];

interface Origin {
  channel: string;
  campaign: string;
}

type Origins = readonly [Origin, ...Origin[]];

export const originsOf: Readonly<Record<Source, Origins>> = {
  conference: [
    { channel: "events", campaign: "summit-north" },
    { channel: "events", campaign: "summit-south" },
    { channel: "events", campaign: "data-days" },
  ],
  campaign: [
    { channel: "email", campaign: "welcome-series" },
    { channel: "email", campaign: "monthly-letter" },
    { channel: "paid_search", campaign: "search-brand" },
    { channel: "paid_search", campaign: "search-category" },
    { channel: "blog", campaign: "field-notes" },
  ],
  referral: [{ channel: "referral", campaign: "none" }],
  organic: [
    { channel: "organic_search", campaign: "none" },
    { channel: "direct", campaign: "none" },
    { channel: "community", campaign: "none" },
  ],
  outbound: [{ channel: "outbound", campaign: "none" }],
  partner: [{ channel: "partner", campaign: "partner-pages" }],
};

export type Region = "amer" | "apac" | "emea";
export const regions = ["amer", "apac", "emea"] as const satisfies readonly Region[];
export const regionShares: readonly [Share<Region>, ...Share<Region>[]] = [
  ["emea", 0.42],
  ["amer", 0.4],
  ["apac", 0.18],
];
export const services = ["api", "app"] as const;

export interface Feature {
  id: string;
  category: "core" | "integration" | "other";
  isCore: boolean;
  /** Share of the history after which it became generally available. */
  availableAfter: number;
  usesModel: boolean;
}

export const features: readonly [Feature, ...Feature[]] = [
  { id: "assistant", category: "core", isCore: true, availableAfter: 0, usesModel: true },
  { id: "search", category: "core", isCore: true, availableAfter: 0, usesModel: true },
  { id: "reports", category: "core", isCore: true, availableAfter: 0, usesModel: false },
  { id: "workflows", category: "core", isCore: true, availableAfter: 0, usesModel: true },
  { id: "extraction", category: "core", isCore: true, availableAfter: 0, usesModel: true },
  { id: "reviews", category: "core", isCore: true, availableAfter: 0, usesModel: false },
  { id: "agents", category: "core", isCore: true, availableAfter: 0.55, usesModel: true },
  { id: "crm_sync", category: "integration", isCore: false, availableAfter: 0, usesModel: false },
  {
    id: "warehouse_sync",
    category: "integration",
    isCore: false,
    availableAfter: 0,
    usesModel: false,
  },
  {
    id: "chat_bridge",
    category: "integration",
    isCore: false,
    availableAfter: 0.3,
    usesModel: false,
  },
  { id: "settings", category: "other", isCore: false, availableAfter: 0, usesModel: false },
];

export interface Model {
  id: string;
  rank: number;
  margin: "standard" | "high";
  /** Share of the history after which it was offered. */
  availableAfter: number;
}

export const models: readonly [Model, ...Model[]] = [
  { id: "none", rank: 0, margin: "standard", availableAfter: 0 },
  { id: "wren-1", rank: 1, margin: "standard", availableAfter: 0 },
  { id: "wren-2", rank: 2, margin: "standard", availableAfter: 0.2 },
  { id: "heron-1", rank: 3, margin: "high", availableAfter: 0 },
  { id: "heron-2", rank: 4, margin: "high", availableAfter: 0.6 },
];

/** The day from which something of `availableAfter` can be used. */
export function availableFrom(availableAfter: number, weeks: number): number {
  return Math.floor(availableAfter * weeks) * 7;
}
