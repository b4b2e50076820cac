import { afterEach, beforeEach, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, counts, dirtyDays, load, loaded, tiers } from "./importing.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.close());

const features = "feature_id,category,is_core,ga_on,retired_on\n";

test("the same file twice changes nothing and marks nothing", async () => {
  const text = "release_id,released_at,kind\nr1,2024-01-31T09:30:00Z,fix\nr2,2024-02-01,feature\n";
  expect(counts(await loaded(fresh.db, "releases", text))).toMatchObject({
    read: 2,
    new: 2,
    unchanged: 0,
  });
  await fresh.db.run("DELETE FROM bot.dirty");
  expect(counts(await loaded(fresh.db, "releases", text))).toMatchObject({
    read: 2,
    new: 0,
    changed: 0,
    unchanged: 2,
  });
  expect(await dirtyDays(fresh.db, "releases")).toEqual([]);
});

test("a changed row is updated, and the days of the old and of the new row are marked", async () => {
  await loaded(fresh.db, "tiers", tiers);
  const head = "account_id,line_id,valid_from,valid_to,is_primary,tier,status,mrr\n";
  await loaded(
    fresh.db,
    "subscription_periods",
    `${head}a,l,2024-01-08,2024-05-01,true,pro,paid,10.10\n`,
  );
  await fresh.db.run("DELETE FROM bot.dirty");
  const report = await loaded(
    fresh.db,
    "subscription_periods",
    `${head}a,l,2024-01-08,2024-03-01,true,pro,paid,10.1\n`,
  );
  expect(counts(report)).toMatchObject({ new: 0, changed: 1 });
  expect(await dirtyDays(fresh.db, "subscription_periods")).toEqual([
    "2024-01-08",
    "2024-03-01",
    "2024-05-01",
  ]);
});

test("event times fall on days of the reporting zone, and times without a zone are read in it", async () => {
  const text =
    "release_id,released_at,kind\nr1,2024-01-31T23:30:00Z,fix\nr2,2024-02-10 00:30,fix\n";
  await loaded(fresh.db, "releases", text, { timeZone: "Pacific/Auckland" });
  expect(await dirtyDays(fresh.db, "releases")).toEqual(["2024-02-01", "2024-02-10"]);
  expect(
    await column(
      fresh.db,
      "SELECT released_at::text AS value FROM source.releases WHERE release_id = 'r2'",
    ),
  ).toEqual(["2024-02-09 11:30:00+00"]);
});

test("money is exact to the last digit", async () => {
  const text =
    "account_id,revenue_date,revenue_kind,net_amount\na,2024-01-01,usage,12345678901234567.123456789\n";
  await loaded(fresh.db, "revenue_daily", text);
  expect(
    await column(fresh.db, "SELECT net_amount::text AS value FROM source.revenue_daily"),
  ).toEqual(["12345678901234567.123456789"]);
});

test("a wrong value rejects its row with line, column and what is allowed; the others are taken", async () => {
  const rows = [
    "a,core,yes,2024-01-01,", // taken
    "b,corn,true,2024-01-01,",
    "c,core,maybe,2024-01-01,",
    "d,core,true,01/02/2024,",
    "e,core,true,2024-02-30,",
    "f,core,true,today,",
    ",core,true,2024-01-01,",
    "g,core,true",
  ];
  const report = await loaded(fresh.db, "features", features + rows.join("\n"));
  expect(counts(report)).toMatchObject({ read: 8, new: 1, rejected: 7 });
  const told = report.rejections.map(({ line, column, reason }) => `${line} ${column}: ${reason}`);
  expect(told.toSorted()).toEqual([
    "3 category: is not one of core, integration, other",
    "4 is_core: is not true or false",
    "5 ga_on: is not a date such as 2024-01-31: day and month cannot be told apart",
    "6 ga_on: is not a date such as 2024-01-31: there is no such day",
    "7 ga_on: is not a date such as 2024-01-31",
    "8 feature_id: is empty, and the table needs a value",
    "9 null: the row has 3 values, the header 5",
  ]);
});

test.each(["NaN", "Infinity", "-inf", "1,5", "12abc", "0x1g"])(
  "%s is no number",
  async (number) => {
    const text = `account_id,revenue_date,revenue_kind,net_amount\na,2024-01-01,usage,"${number}"\n`;
    expect(counts(await loaded(fresh.db, "revenue_daily", text))).toMatchObject({
      new: 0,
      rejected: 1,
    });
  },
);

test.each(["infinity", "now", "2024-1-1T", "31.01.2024", "1706700000"])(
  "%s is no instant",
  async (instant) => {
    const text = `release_id,released_at,kind\nr,${instant},fix\n`;
    expect(counts(await loaded(fresh.db, "releases", text))).toMatchObject({ new: 0, rejected: 1 });
  },
);

test("an unknown tier rejects the row and the allowed ones are named", async () => {
  await loaded(fresh.db, "tiers", tiers);
  const head = "account_id,line_id,valid_from,is_primary,tier,status,mrr\n";
  const report = await loaded(
    fresh.db,
    "subscription_periods",
    `${head}a,l,2024-01-08,true,prro,paid,10\na,m,2024-01-08,true,pro,paid,-1\n`,
  );
  expect(report.rejections).toEqual(
    [
      {
        target: "subscription_periods",
        line: 3,
        column: "mrr",
        reason: expect.stringContaining("mrr >= 0"),
        value: "-1",
      },
      {
        target: "subscription_periods",
        line: 2,
        column: "tier",
        reason: "is not in tiers, which has free, pro",
        value: "prro",
      },
    ].toSorted((a, b) => a.line - b.line),
  );
});

test("a key that comes again with other values rejects all its rows; with the same it is one row", async () => {
  const text = "tier,tier_rank,is_paid\na,1,true\nb,2,true\na,3,true\nb,2,t\nc,4,true\n";
  const report = await loaded(fresh.db, "tiers", text);
  expect(counts(report)).toMatchObject({ read: 5, new: 2, rejected: 2, repeated: 1 });
  expect(report.rejections.map(({ line, reason }) => [line, reason])).toEqual([
    [2, "the key comes again with other values, on line 4; none of its rows is taken"],
    [4, "the key comes again with other values, on line 2; none of its rows is taken"],
  ]);
});

test("columns are found by name in any order and case; those that the table has not are told", async () => {
  const report = await loaded(
    fresh.db,
    "tiers",
    "Is_Paid,colour,TIER, tier_rank \ntrue,red,pro,1\n",
  );
  expect(counts(report)).toMatchObject({ new: 1 });
  expect(report.notes).toEqual([
    {
      kind: "ignored_columns",
      from: "test.csv (tiers)",
      columns: [{ column: "colour", nearest: [] }],
    },
  ]);
});

test("a missing column stops the import and names the nearest of the file", async () => {
  expect(await load(fresh.db, "tiers", "tier,teir_rank,is_paid\npro,1,true\n")).toEqual({
    ok: false,
    fault: {
      kind: "missing_columns",
      table: "tiers",
      from: "test.csv",
      missing: [{ column: "tier_rank", nearest: ["teir_rank"] }],
      others: ["teir_rank"],
    },
  });
});

test("an unknown table is answered with the nearest names", async () => {
  const result = await load(fresh.db, "acounts", "a\n1\n");
  expect(result).toMatchObject({
    ok: false,
    fault: { kind: "unknown_table", nearest: ["accounts"] },
  });
});

test("an empty value takes the column's default, quoted or not", async () => {
  const head = "account_id,user_id,usage_date,feature_id,model_id,event_count\n";
  await loaded(fresh.db, "usage_daily", `${head}a,u,2024-01-01,f,,\nb,u,2024-01-01,f,"",""\n`);
  expect(
    await column(
      fresh.db,
      "SELECT concat_ws(' ', model_id, event_count) AS value FROM source.usage_daily",
    ),
  ).toEqual(["none 0", "none 0"]);
});

test("a file without the model of its rows is for the model none, and can be loaded again", async () => {
  const text = "account_id,user_id,usage_date,feature_id,event_count\na,u,2024-01-01,f,1\n";
  await loaded(fresh.db, "usage_daily", text);
  expect(counts(await loaded(fresh.db, "usage_daily", text.replace("f,1", "f,2")))).toMatchObject({
    new: 0,
    changed: 1,
  });
});

test("a byte order mark and CRLF are no part of the data", async () => {
  const report = await loaded(fresh.db, "tiers", `\ufeff${tiers.replaceAll("\n", "\r\n")}`);
  expect(counts(report)).toMatchObject({ read: 2, new: 2 });
  expect(await column(fresh.db, "SELECT tier AS value FROM source.tiers ORDER BY 1")).toEqual([
    "free",
    "pro",
  ]);
});

test("only of the rows that came is told what they name and is not there", async () => {
  const head = "account_id,user_id,created_at\n";
  const ghost = (user: string) => `${head}ghost,${user},2024-01-01\n`;
  const told = async (text: string) =>
    (await loaded(fresh.db, "users", text)).notes.map((note) =>
      "rows" in note ? note.rows : note,
    );
  expect(await told(`${ghost("u")}ghost,v,2024-01-01\n`)).toEqual([2]);
  // Into a table that has rows, new ones and the same again; those of before are not told again.
  expect(await told(ghost("w"))).toEqual([1]);
  expect(await told(ghost("w"))).toEqual([1]);
  expect(await told(`${head},x,2024-01-01\n`)).toMatchObject([{ kind: "nothing_taken" }]);
});

test("rows that name an account which is not there are kept and told", async () => {
  const report = await loaded(
    fresh.db,
    "users",
    "account_id,user_id,created_at\nghost,u,2024-01-01\n",
  );
  expect(report.notes).toEqual([
    {
      kind: "unknown_reference",
      table: "users",
      column: "account_id",
      parent: "accounts",
      rows: 1,
      examples: ["ghost"],
    },
  ]);
});

test("SQL in values, headers and table names stays text", async () => {
  const evil = `'); DROP TABLE source.tiers; --`;
  await loaded(
    fresh.db,
    "tiers",
    `tier,tier_rank,is_paid,"x""; DROP TABLE source.tiers; --"\n"${evil}",1,true,"${evil}"\n`,
  );
  expect(await column(fresh.db, "SELECT tier AS value FROM source.tiers")).toEqual([evil]);
  expect(await load(fresh.db, evil, tiers)).toMatchObject({
    ok: false,
    fault: { kind: "unknown_table" },
  });
});

test("the run is recorded without the rejected values", async () => {
  await loaded(fresh.db, "tiers", `${tiers}secret-canary,x,true\n`);
  const [report] = await column(fresh.db, "SELECT report::text AS value FROM bot.import_run");
  expect(report).toContain("is not a whole number");
  expect(report).not.toContain('"x"');
});

test.each([
  ["the same", () => "fix", { new: 1, repeated: 19_999, rejected: 0 }],
  ["other", (line: number) => (line === 9 ? "feature" : "fix"), { new: 0, rejected: 20_000 }],
] as const)(
  "a key that comes 20,000 times with %s values is settled in good time",
  {
    timeout: 60_000,
  },
  async (_, kindOf, expected) => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `r,2024-01-01,${kindOf(i)}\n`).join("");
    const report = await loaded(fresh.db, "releases", `release_id,released_at,kind\n${rows}`);
    expect(counts(report)).toMatchObject(expected);
    if (expected.new === 0)
      expect(report.rejections[0]?.reason).toContain("on line 3, 4, 5, 6, 7; none");
  },
);
