/** Leads and opportunities: what came before an account, and what came to nothing. */
import type { Account } from "../account.ts";
import { daySeconds } from "../calendar.ts";
import type { Company } from "../company.ts";
import { money } from "../csv.ts";
import { Dice } from "../dice.ts";
import { originsOf, type Source, sourceShares } from "../reference.ts";
import type { TableOfCompany } from "./table.ts";

const leadColumns = [
  "lead_id",
  "account_id",
  "campaign_id",
  "source",
  "channel",
  "created_at",
  "fit_score",
  "qualified_at",
  "first_outreach_at",
  "first_response_at",
  "converted_at",
];

/** Leads a week that never become an account. */
const lostLeads = 55;

export const leadsTable: TableOfCompany = {
  name: "leads",
  columns: leadColumns,
  *lines(company) {
    for (const account of company.accounts) {
      if (hadLead(account)) yield leadOf(company, account);
    }
    for (let week = 0; week < company.calendar.weeks; week += 1) {
      const dice = new Dice(company.options.seed, "leads", 1, week);
      for (let n = dice.count(lostLeads); n > 0; n -= 1) {
        const createdAt = week * 7 * daySeconds + dice.int(0, 7 * daySeconds - 1);
        const source = dice.weighted(sourceShares);
        const origin = dice.pick(originsOf[source]);
        const come = `${origin.campaign},${source},${origin.channel}`;
        yield `lx-${week}-${n},,${come},${touches(company, createdAt, null, source, dice)}\n`;
      }
    }
  },
};

function hadLead(account: Account): boolean {
  return !account.isInternal && account.source !== "organic" && account.source !== "referral";
}

function leadOf(company: Company, account: Account): string {
  const dice = new Dice(company.options.seed, "leads", 0, account.index);
  const ahead = Math.round(dice.around(3, 0.6) * daySeconds);
  const createdAt = Math.max(0, account.signedUpAt - ahead);
  const come = `${account.campaign},${account.source},${account.channel}`;
  return `l-${account.index},${account.id},${come},${touches(company, createdAt, account.signedUpAt, account.source, dice)}\n`;
}

/** From the creation to the conversion, each step after the one before. */
function touches(
  { calendar, stories }: Company,
  createdAt: number,
  convertedAt: number | null,
  source: Source,
  dice: Dice,
): string {
  const isLost = convertedAt === null;
  const span = convertedAt === null ? 6 * daySeconds : convertedAt - createdAt;
  const fit = 58 + 100 * stories.fitOfSource[source] + (isLost ? -12 : 0) + 13 * dice.noise();
  const qualified = dice.chance(isLost ? 0.3 : 0.8) ? createdAt + Math.round(span * 0.25) : null;
  const outreach = dice.chance(isLost ? 0.7 : 0.9) ? createdAt + Math.round(span * 0.4) : null;
  const answers = dice.chance(isLost ? 0.15 : 0.65) && outreach !== null;
  const response = answers ? createdAt + Math.round(span * 0.7) : null;
  const steps = [qualified, outreach, response, convertedAt].map((s) => calendar.instantOrNone(s));
  const score = Math.max(0, Math.min(100, fit)).toFixed(1);
  return `${calendar.instant(createdAt)},${score},${steps.join(",")}`;
}

export const opportunitiesTable: TableOfCompany = {
  name: "opportunities",
  columns: [
    "opportunity_id",
    "lead_id",
    "account_id",
    "created_at",
    "closed_at",
    "outcome",
    "amount",
  ],
  *lines({ accounts, calendar, options }) {
    for (const account of accounts) {
      if (account.isInternal || account.size < 2) continue;
      const dice = new Dice(options.seed, "leads", 2, account.index);
      const opened = Math.max(0, account.signedUpAt - dice.int(0, 12) * daySeconds);
      const lost = account.signedUpAt + dice.int(20, 70) * daySeconds;
      const closed = account.firstPaidAt ?? lost;
      const isOpen = closed >= calendar.end;
      const outcome = isOpen ? "" : account.firstPaidAt === null ? "lost" : "won";
      const amount = money((account.size === 4 ? 1_800_000 : 380_000) + 100 * dice.int(0, 2_000));
      const lead = hadLead(account) ? `l-${account.index}` : "";
      yield `o-${account.index},${lead},${account.id},${calendar.instant(opened)},${calendar.instantOrNone(closed)},${outcome},${amount}\n`;
    }
  },
};
