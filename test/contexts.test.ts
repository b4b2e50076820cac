import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { loadConfig } from "../src/config/index.ts";
import { chatContext, commandContext, reportContext } from "../src/contexts.ts";
import { silentLog } from "../src/log.ts";
import type { Data } from "../src/open-data.ts";
import { minimumCohort } from "../src/policy/index.ts";
import { contextOf, shipped } from "./commands/asking.ts";

test("whatever goes to chat tells nothing of too few accounts, and the terminal everything", () => {
  const config = loadConfig({}, tmpdir());
  if (!config.ok) throw new Error(JSON.stringify(config.fault));
  const { db, catalogue, settings } = contextOf(shipped).metrics;
  const data = { db, work: db, catalogue, settings } as Data;
  const ports = new Map();
  expect(chatContext(config.value, data, silentLog, ports).metrics.discretion).toBe(minimumCohort);
  expect(reportContext(config.value, data, silentLog, ports).metrics.discretion).toBe(
    minimumCohort,
  );
  const terminal = commandContext(config.value, data, silentLog, "kpi query");
  expect(terminal.metrics.discretion).toBeUndefined();
});
