import { afterAll, beforeAll, expect, test } from "vitest";
import { silentLog } from "../../src/log.ts";
import {
  AUDIT_DAYS,
  type AuditEntry,
  auditRefusal,
  auditSince,
  pruneAudit,
  writeAudit,
} from "../../src/policy/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const disclosed: AuditEntry = {
  at: at("2026-11-16T09:00:00Z"),
  kind: "disclosed",
  who: "slack:U0CFO",
  channel: "slack:C0LEAD",
  what: { by: "question", metrics: ["arr"], filters: { tier: ["pro"] } },
  code: null,
};
const refused = {
  at: at("2026-11-17T09:00:00Z"),
  who: "slack:U0GUEST",
  channel: "slack:C0ALL",
  what: { by: "question", metrics: [] },
  code: "guest",
};

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.close());

test("what was written is read back, oldest first, from a moment on", async () => {
  const { db } = database;
  await auditRefusal(db, silentLog, refused);
  await writeAudit(db, disclosed);
  const both = await auditSince(db, disclosed.at);
  expect(both).toEqual([disclosed, { ...refused, kind: "refused" }]);
  expect(await auditSince(db, disclosed.at.add({ seconds: 1 }))).toHaveLength(1);
});

test("a filter of any characters can be kept", async () => {
  const what = { ...disclosed.what, filters: { source: ["\0\ud800a"] } };
  await writeAudit(database.db, { ...disclosed, at: at("2027-01-01T00:00:00Z"), what });
  const [kept] = await auditSince(database.db, at("2027-01-01T00:00:00Z"));
  expect(kept?.what.filters).toEqual({ source: ["\ufffda"] });
});

test("a disclosure that cannot be written throws, and a refusal does not", async () => {
  const broken = await freshDatabase();
  await broken.db.run("DROP TABLE audit");
  const said: string[] = [];
  const log = { ...silentLog, error: (event: string) => said.push(event) };
  await expect(writeAudit(broken.db, disclosed)).rejects.toThrow();
  await auditRefusal(broken.db, log, refused);
  expect(said).toEqual(["refusal_not_audited"]);
  await broken.close();
});

test("entries are kept for more than a year, and then no more", async () => {
  const { db } = database;
  const before = (await auditSince(db, at("2000-01-01T00:00:00Z"))).length;
  await db.run(
    "UPDATE audit SET stored_at = now() - make_interval(days => $1) WHERE code = 'guest'",
    [AUDIT_DAYS + 1],
  );
  expect(await pruneAudit(db)).toBe(1);
  expect(await auditSince(db, at("2000-01-01T00:00:00Z"))).toHaveLength(before - 1);
});
