/** The login for a company's own SQL on a server of its own: let in, let read, and looked at by the doctor. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { lookAtMetricsLogin } from "../../src/cli/doctor/look-at-metrics-login.ts";
import { metricsLoginFindings } from "../../src/cli/doctor/metrics-login-findings.ts";
import { surveyConfig } from "../../src/config/index.ts";
import { silentLog } from "../../src/log.ts";
import { metricsLogin } from "../../src/metrics-login.ts";
import { type AskedCompany, aMetric, askedCompany } from "../metrics/asked-company.ts";
import { databaseUrl } from "../support/database-url.ts";

const role = `reader_${randomUUID().replaceAll("-", "")}`;
let company: AskedCompany;
let url = "";
let own = "";
beforeAll(async () => {
  company = await askedCompany(aMetric("SELECT w.a, 1 AS num, 1 AS n FROM w"));
  url = databaseUrl(inject("serverUrl"), await nameOf(company));
  await company.db.run(`CREATE ROLE ${role} LOGIN PASSWORD 'login-secret'`);
  const login = new URL(url);
  login.username = role;
  login.password = "login-secret";
  own = login.toString();
});
afterAll(async () => {
  await company.db.run(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await company.close();
});

async function nameOf({ db }: AskedCompany): Promise<string> {
  const [row] = await db.rows(z.object({ name: z.string() }), "SELECT current_database() AS name");
  return row?.name ?? "";
}

function configOf(login: string | null) {
  const env = { DATABASE_URL: url, ...(login === null ? {} : { METRICS_DATABASE_URL: login }) };
  return surveyConfig(env, "/nowhere");
}

async function told(login: string | null): Promise<string> {
  const { config } = configOf(login);
  const look = await lookAtMetricsLogin(config, company.catalogue, company.db, silentLog);
  const findings = metricsLoginFindings(look);
  return findings.map(({ state, said, next }) => `${state}: ${said}. ${next}`).join("\n");
}

test("without one the doctor says what waits for it, and with a wrong one what is wrong", async () => {
  expect(await told(null)).toMatch(/^missing: it is not set, and 1 of your definitions/);
  expect(await told(own.replace("login-secret", "wrong"))).toMatch(/^wrong: .*\(28P01\).*password/);
  expect(await told(databaseUrl(own, "postgres"))).toMatch(/^wrong: .*Name the database of/);
  expect(await told(own.replace(/:\d+\//, ":9/"))).toMatch(/^wrong: .*\(ECONNREFUSED\).*the port/);
});

test("it is let read what metrics read at the start, and what it may do beyond is told", async () => {
  expect(await told(own)).toMatch(/missing: it may not read exact\.account, /);
  const { config } = configOf(own);
  expect(await metricsLogin(config, { url, embedded: null }, silentLog)).toBe(own);
  const said = await told(own);
  expect(said).not.toContain("may not read");
  // On a server of one's own nothing is taken from PUBLIC, and no limit is set for anybody.
  expect(said).toMatch(/^check: it may create tables; statement_timeout, .*: not set on the role/);
});

test.each([
  ["0", "-1", /create tables; statement_timeout, .*, temp_file_limit: not set/],
  ["2min", "1GB", /create tables; lock_timeout, .*, work_mem: not set/],
])("of limits that are set to %s and %s it is told which are none", async (time, size, unset) => {
  await company.db.run(`ALTER ROLE ${role} SET statement_timeout = '${time}';
    ALTER ROLE ${role} SET temp_file_limit = '${size}'`);
  expect(await told(own)).toMatch(unset);
});

test("what it may become counts as what it is, though it inherits nothing", async () => {
  const other = `${role}_other`;
  await company.db.run(`CREATE ROLE ${other}; GRANT USAGE ON SCHEMA bot TO ${other};
    GRANT ${other} TO ${role} WITH INHERIT FALSE, SET TRUE`);
  expect(await told(own)).toMatch(/^wrong: it may read what the bot remembers/);
  await company.db.run(`ALTER ROLE ${other} CREATEROLE; REVOKE USAGE ON SCHEMA bot FROM ${other}`);
  expect(await told(own)).toMatch(/^wrong: it is an administrator\. /);
  await company.db.run(`DROP ROLE ${other}`);
});

test("an administrator is no such login, and that of DATABASE_URL is refused before", async () => {
  expect(await told(url)).toMatch(/^wrong: it is an administrator; it may read what the bot/);
  const same = configOf(url).faults.map(({ where, problem }) => `${where}: ${problem}`);
  expect(same).toEqual([
    "METRICS_DATABASE_URL: it names the login of DATABASE_URL, which may do everything",
  ]);
  const alone = surveyConfig({ METRICS_DATABASE_URL: own }, "/nowhere").faults;
  expect(alone).toMatchObject([
    { where: "METRICS_DATABASE_URL", problem: expect.stringContaining("without DATABASE_URL") },
  ]);
  expect(JSON.stringify([same, alone])).not.toContain("login-secret");
});
