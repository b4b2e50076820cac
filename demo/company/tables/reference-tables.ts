import { text } from "../csv.ts";
import {
  availableFrom,
  campaigns,
  channels,
  features,
  models,
  regions,
  services,
  tiers,
} from "../reference.ts";
import type { TableOfCompany } from "./table.ts";

export const tiersTable: TableOfCompany = {
  name: "tiers",
  columns: ["tier", "tier_rank", "is_paid"],
  lines: () => tiers.map((t) => `${t.tier},${t.rank},${t.isPaid}\n`),
};

export const channelsTable: TableOfCompany = {
  name: "channels",
  columns: ["channel", "is_organic"],
  lines: () => channels.map((c) => `${c.channel},${c.isOrganic}\n`),
};

export const campaignsTable: TableOfCompany = {
  name: "campaigns",
  columns: ["campaign_id", "kind", "channel"],
  lines: () => campaigns.map((c) => `${text(c.id)},${c.kind},${c.channel}\n`),
};

export const featuresTable: TableOfCompany = {
  name: "features",
  columns: ["feature_id", "category", "is_core", "ga_on", "retired_on", "min_tier_rank"],
  lines: ({ calendar }) =>
    features.map((f) => {
      const since = calendar.date(availableFrom(f.availableAfter, calendar.weeks));
      return `${f.id},${f.category},${f.isCore},${since},,0\n`;
    }),
};

export const modelsTable: TableOfCompany = {
  name: "models",
  columns: ["model_id", "capability_rank", "margin_class", "available_from", "retired_on"],
  lines: ({ calendar }) =>
    models.map((m) => {
      const since = calendar.date(availableFrom(m.availableAfter, calendar.weeks));
      return `${m.id},${m.rank},${m.margin},${since},\n`;
    }),
};

export const serviceRegionsTable: TableOfCompany = {
  name: "service_regions",
  columns: ["service", "region", "in_sla"],
  lines: () => services.flatMap((s) => regions.map((r) => `${s},${r},true\n`)),
};
