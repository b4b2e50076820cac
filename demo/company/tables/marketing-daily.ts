import { weekday, weekOf } from "../calendar.ts";
import { money } from "../csv.ts";
import { Dice } from "../dice.ts";
import { campaigns, channels } from "../reference.ts";
import type { TableOfCompany } from "./table.ts";

/** A usual working day of a channel's campaign: visits, letters, and cost in cents. */
const usual: Readonly<Record<string, Usual>> = {
  events: { sessions: 40, emails: 0, spend: 95_000, sales: 40_000 },
  email: { sessions: 180, emails: 2_600, spend: 9_000, sales: 0 },
  paid_search: { sessions: 260, emails: 0, spend: 88_000, sales: 0 },
  blog: { sessions: 420, emails: 0, spend: 14_000, sales: 0 },
  outbound: { sessions: 30, emails: 300, spend: 4_000, sales: 210_000 },
  partner: { sessions: 90, emails: 0, spend: 22_000, sales: 35_000 },
  organic_search: { sessions: 900, emails: 0, spend: 0, sales: 0 },
  direct: { sessions: 620, emails: 0, spend: 0, sales: 0 },
  community: { sessions: 210, emails: 0, spend: 6_000, sales: 0 },
  referral: { sessions: 110, emails: 0, spend: 3_000, sales: 0 },
};

interface Usual {
  sessions: number;
  emails: number;
  spend: number;
  sales: number;
}

const places = [
  ...campaigns.filter((c) => c.id !== "none").map((c) => ({ channel: c.channel, campaign: c.id })),
  ...channels.map((c) => ({ channel: c.channel, campaign: "none" })),
].filter(({ channel, campaign }) => {
  const hasCampaigns = campaigns.some((c) => c.channel === channel && c.id !== "none");
  return campaign !== "none" || !hasCampaigns;
});

export const marketingDailyTable: TableOfCompany = {
  name: "marketing_daily",
  columns: [
    "day",
    "channel",
    "campaign_id",
    "sessions",
    "emails_delivered",
    "marketing_spend",
    "sales_cost",
  ],
  *lines({ calendar, climate, options }) {
    for (let day = 0; day < calendar.endDay; day += 1) {
      const dice = new Dice(options.seed, "marketing", day);
      const growth = 0.8 + (0.4 * day) / calendar.endDay;
      const busy = (weekday(day) > 4 ? 0.35 : 1) * (climate.demand[weekOf(day)] ?? 1) * growth;
      for (const { channel, campaign } of places) {
        const of = usual[channel] ?? { sessions: 0, emails: 0, spend: 0, sales: 0 };
        const some = (level: number) => Math.round(level * busy * (1 + 0.08 * dice.noise()));
        yield `${calendar.date(day)},${channel},${campaign},${some(of.sessions)},${some(of.emails)},${money(some(of.spend))},${money(some(of.sales))}\n`;
      }
    }
  },
};
