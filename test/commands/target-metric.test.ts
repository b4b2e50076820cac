import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type CommandContext, dispatch } from "../../src/commands/index.ts";
import { lexLine } from "../../src/commands/lex-line.ts";
import { readAmount } from "../../src/commands/read-amount.ts";
import { readDay } from "../../src/commands/read-day.ts";
import { silentLog } from "../../src/log.ts";
import { type Caller, minimumCohort } from "../../src/policy/index.ts";
import { tellFault } from "../../src/wording/index.ts";
import { type AskedCompany, anAccount, askedCompany } from "../metrics/asked-company.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { someRules } from "../support/some-rules.ts";

const now = Temporal.Instant.from("2026-11-17T09:00:00Z");
const channel = { platform: "slack", channel: "C0ALL" };
const operator = {
  kind: "person",
  person: { platform: "slack", user: "U0OPS" },
  channel,
  direct: false,
  readers: "colleagues",
} as const;
const colleague = { ...operator, person: { platform: "slack", user: "U0ANA" } };

/** As many as may be told of together. */
const customers = ["a", "c", "d", "e", "f"];

let company: AskedCompany;
let context: CommandContext;
beforeAll(async () => {
  company = await askedCompany();
  await putRows(company.db, {
    accounts: [
      ...customers.map((id) => anAccount(id)),
      anAccount("b", { signed_up_at: "2026-11-10T09:00Z" }),
    ],
    tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
    subscription_periods: customers.map((account_id) => ({
      account_id,
      line_id: "l",
      valid_from: "2026-11-02T00:00Z",
      is_primary: true,
      tier: "pro",
      status: "paid",
      mrr: 100,
    })),
  });
  await completeThrough(company.db, "2026-11-16T00:00Z");
  await company.refresh();
  context = {
    metrics: { db: company.db, catalogue: company.catalogue, settings: company.settings },
    rules: { ...someRules(), operators: new Set(["slack:U0OPS"]) },
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: [],
    prefix: "/kpi",
    log: silentLog,
  };
});
afterAll(() => company.close());
beforeEach(async () => {
  await company.db.run("TRUNCATE bot.set_target, bot.audit");
});

async function asked(line: string, caller: Caller = operator): Promise<string> {
  const told = await dispatch(context, line, { caller, now, exact: false, week: null });
  return told.ok ? told.value.message.summary : tellFault(told.fault, "/kpi").summary;
}

const stored = z.object({
  type: z.string().nullable(),
  value: z.coerce.number().nullable(),
  hi: z.coerce.number().nullable(),
  start: z.string(),
  end: z.string().nullable(),
  by: z.string(),
});

function rows() {
  return company.db.rows(
    stored,
    `SELECT target_type AS type, value, value_hi AS hi, period_start::text AS start,
            period_end::text AS end, set_by AS by FROM bot.set_target ORDER BY id`,
  );
}

describe("/kpi target", () => {
  test("shows that there is none, and after it was set how it stands and who set it", async () => {
    expect(await asked("target sign ups", colleague)).toBe(
      "Targets: Weekly Sign-ups. No target counts in 2026-W46, the latest complete week.",
    );
    expect(await asked("target sign ups 2")).toBe(
      "Targets: Weekly Sign-ups. Set: at least 2, from Mon 9 Nov 2026 until Thu 31 Dec 2026. Of 2026-W46, the latest complete week. Target: at least 2, until Thu 31 Dec 2026: missed by 1.",
    );
    expect(await rows()).toEqual([
      {
        type: "at_least",
        value: 2,
        hi: null,
        start: "2026-11-09",
        end: "2026-12-31",
        by: "slack:U0OPS",
      },
    ]);
    const told = await dispatch(context, "target sign ups", {
      caller: colleague,
      now,
      exact: false,
      week: null,
    });
    expect(JSON.stringify(told.ok && told.value.message.blocks)).toContain(
      "slack:U0OPS, Tue 17 Nov 2026",
    );
    expect(await asked("sign ups", colleague)).toContain("Target: at least 2");
  });

  test("is replaced by the next, and ended; a week before either keeps what it had", async () => {
    await asked("target sign ups 2 from 2026-11-02");
    await asked("target sign ups 1");
    expect(await asked("sign ups")).toContain("Target: at least 1, until Thu 31 Dec 2026: met.");
    expect(await asked("sign ups week 2026-W45")).toContain("Target: at least 2");
    expect(await asked("target sign ups end")).toContain(
      "Ended: from Mon 9 Nov 2026 on there is none.",
    );
    expect(await asked("sign ups")).not.toContain("Target");
    expect(await asked("sign ups week 2026-W45")).toContain("Target: at least 2");
    expect(await asked("target sign ups end")).toContain("there is no target for exactly these");
    await asked("target sign ups 3");
    expect(await asked("sign ups")).toContain("Target: at least 3");
  });

  test("is no import's to delete, and counts before it", async () => {
    await putRows(company.db, {
      targets: [
        {
          target_id: "t",
          metric_id: "weekly_sign_ups",
          dims: {},
          target_type: "at_least",
          value: 9,
          period_start: "2026-01-01",
          period_end: "2026-12-31",
        },
      ],
    });
    expect(await asked("sign ups")).toContain("Target: at least 9");
    await asked("target sign ups 1 until 2026-11-30");
    expect(await asked("sign ups")).toContain("Target: at least 1");
    await asked("target sign ups end");
    expect(await asked("sign ups")).not.toContain("Target");
    await company.db.run("DELETE FROM source.targets");
  });

  test("is set by operators alone, whose changes and whose refusals stand in the audit", async () => {
    expect(await asked("target sign ups 5", colleague)).toContain(
      "Setting or ending a target is for operators alone. Ask one of them",
    );
    expect(await rows()).toEqual([]);
    await asked("target sign ups source=campaign 5");
    await asked("target sign ups source=campaign end");
    const entry = z.object({ kind: z.string(), who: z.string(), by: z.string() });
    expect(
      await company.db.rows(
        entry,
        "SELECT kind, who, what ->> 'by' AS by FROM bot.audit ORDER BY id",
      ),
    ).toEqual([
      { kind: "refused", who: "slack:U0ANA", by: "target" },
      { kind: "ordered", who: "slack:U0OPS", by: "target" },
      { kind: "ordered", who: "slack:U0OPS", by: "target end" },
    ]);
    expect(await asked("target sign ups 5", { kind: "terminal" })).toContain("Set: at least 5");
  });

  test("does not say of figures that are kept back in chat that there are none", async () => {
    const { metrics, rules } = context;
    context = {
      ...context,
      metrics: { ...metrics, discretion: minimumCohort },
      rules: { ...rules, sensitiveChannels: new Set(["slack:C0ALL"]) },
    };
    onTestFinished(() => {
      context = { ...context, metrics, rules };
    });
    expect(await asked("target arr tenure=1-3")).toContain(
      "How it stands is not told for exactly these filters, since that could single out one customer.",
    );
    expect(await asked("target arr")).toContain("No target counts in 2026-W46");
  });

  test.each([
    ["target sign ups 500 by 31 Dec", "500 in all by Thu 31 Dec 2026, from Mon 16 Nov 2026 on"],
    [
      "target signups at most 3,000 until W52",
      "at most 3,000, from Mon 9 Nov 2026 until Sun 27 Dec 2026",
    ],
    ["target sign ups 1.5k to 2k", "1,500 to 2,000, from Mon 9 Nov 2026"],
    [
      "target sign ups source=campaign,none 7 from W50 by June",
      "7 in all by Wed 30 Jun 2027, from Mon 7 Dec 2026 on",
    ],
    [
      "target sign ups 4 in all from this week",
      "4 in all by Thu 31 Dec 2026, from Mon 16 Nov 2026",
    ],
    ["target C.3 45%", "at least 45.0%"],
    ["target adoption 0.412 by 2027-03-31", "41.2% by Wed 31 Mar 2027, from"],
    ["target P.7 40% to 75%", "40.0% to 75.0%"],
    ["target error rate 1%", "at most 1.00%"],
    [
      "target arr 2.8m by 31 Dec 2026",
      "$2,800,000 a year by Thu 31 Dec 2026, from Mon 9 Nov 2026 on",
    ],
    ["target ytd revenue $30m", "in all by Thu 31 Dec 2026, from Thu 1 Jan 2026 on"],
    ["target p99 500ms", "at most 500 ms"],
  ])("%s is understood", async (line, said) => {
    expect(await asked(line, { kind: "terminal" })).toContain(said);
  });

  test.each([
    ["target", '"target" needs a value'],
    ["target sign ups lots", '"lots"'],
    ["target adoption 45", "more than a share can be"],
    ["target adoption 150%", "no share of a whole"],
    ["target adoption at least -5%", "no share of a whole"],
    ["target adoption 40% to 1.2", "no share of a whole"],
    ["target adoption 0,45", '"0,45" is no value'],
    ["target adoption 45% constructor", '"45% constructor" is no value'],
    ["target adoption 45% by someday", '"by someday" names no day'],
    ["target adoption 45% from W40 from W41", "comes twice"],
    ["target adoption 75% to 40%", "upper edge"],
    ["target adoption 45% in all by 31 Dec", "does not add up"],
    ["target P.7 50%", "neither more nor less is good"],
    ["target sign ups 5 from W50 by W48", "before it begins"],
    ["target sign ups end by 31 Dec", "no end of its own"],
    ["target adpotion 45%", "/kpi target adoption_rate"],
    ["target sign ups colour=red 5", "cannot be filtered by"],
    ["target mrr 5m", "is not shown in this channel"],
  ])("%s is refused with what to write", async (line, said) => {
    expect(await asked(line)).toContain(said);
    expect(await rows()).toEqual([]);
  });
});

test.each([
  ["41.2%", "percent", 0.412],
  ["-3%", "percent per week", -0.03],
  ["$-3.5k", "money", -3_500],
  ["€3,000.50", "money", 3_000.5],
  ["-$3.5k", "money", -3_500],
  ["CA$5", "money", 5],
  ["USD5", "money", 5],
  ["p99", "milliseconds", null],
  ["1,00", "count", null],
  ["1,2,3", "count", null],
  ["1e9", "count", null],
  ["5%", "accounts", null],
  ["500ms", "milliseconds", 500],
  ["4h", "minutes", 240],
  ["1.5 hours", "minutes", 90],
  ["90 min", "hours", 1.5],
  ["3 days", "hours", 72],
  ["30 seconds", "minutes per user", 0.5],
  ["2m", "minutes", 2_000_000],
  ["5ms", "accounts", null],
  ["4 hours", "money", null],
  ["4 years", "hours", null],
])("the amount %s of %s is %s", (text, unit, value) => {
  const read = readAmount(text, unit);
  expect(read.ok ? read.value : null).toBe(value);
});

test.each([
  ["2026-12-31", "last", "2026-12-31"],
  ["2026-02-30", "last", null],
  ["31 Dec", "last", "2026-12-31"],
  ["1 March", "last", "2027-03-01"],
  ["1 March", "first", "2026-03-01"],
  ["Feb 2027", "last", "2027-02-28"],
  ["W01", "last", "2027-01-10"],
  ["W1 2027", "last", null],
  ["2027-W01", "first", "2027-01-04"],
  ["this week", "last", "2026-11-22"],
  ["next week", "first", "2026-11-23"],
  ["w54", "last", null],
  ["", "last", null],
] as const)("%s as the %s day is %s", (text, edge, day) => {
  const tokens = lexLine(text);
  const calendar = { today: Temporal.PlainDate.from("2026-11-17"), weekStarts: 1, yearStarts: 1 };
  const read = tokens.ok ? readDay(tokens.value, edge, calendar) : null;
  expect(read?.toString() ?? null).toBe(day);
});
