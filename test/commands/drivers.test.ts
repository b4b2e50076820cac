/** Asking for drivers: by code, by name, by the metric that they move. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dispatch } from "../../src/commands/index.ts";
import { refresh } from "../../src/metrics/index.ts";
import { tellFault } from "../../src/wording/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { loadSignUps } from "../support/sign-ups.ts";
import { askOf, contextOf, inAll, shipped } from "./asking.ts";

const { tokens: _, ...asker } = askOf("", inAll);

describe("without data", () => {
  const ask = (line: string) => dispatch(contextOf(shipped), line, asker);

  const refused = async (line: string) => {
    const told = await ask(line);
    if (told.ok) throw new Error("it was answered");
    return { fault: told.fault, said: tellFault(told.fault, "/kpi").summary };
  };

  test("a name that two drivers have is a choice of their codes", async () => {
    for (const line of [
      "platform reliability",
      "drivers Platform Reliability",
      "define platform reliability",
    ])
      expect(await ask(line)).toMatchObject({
        ok: false,
        fault: {
          kind: "ambiguous",
          candidates: [{ code: "C.3.2" }, { code: "C.6.1" }],
        },
      });
  });

  test("a metric that nothing moves says under which drivers it stands", async () => {
    expect(await ask("drivers error rate")).toMatchObject({
      ok: false,
      fault: { kind: "no_drivers", name: "Error Rate", lines: ["drivers C.6.1"] },
    });
  });

  test("what is neither a metric nor a driver is told the nearest", async () => {
    expect(await ask("drivers adoptoin")).toMatchObject({
      ok: false,
      fault: { kind: "unknown_metric", nearest: ["drivers adoption_rate"] },
    });
    expect(await ask("C.3.2 by tier")).toMatchObject({
      ok: false,
      fault: { kind: "unknown_word" },
    });
  });

  test.each([
    ["drivers C.3.9", ["drivers C.3.1", "drivers C.3.2", "drivers C.3.3"]],
    ["define c.3.9", ["define C.3.1", "define C.3.2", "define C.3.3"]],
    ["C.3.9 by tier", ["C.3.1", "C.3.2", "C.3.3"]],
    ["drivers C.9.9", []],
    ["R.99", []],
    ["backtest C.3.9", []],
  ])("a code that nothing has is told as one: %s", async (line, lines) => {
    const { fault } = await refused(line);
    expect(fault).toMatchObject({ kind: "unknown_code", lines });
  });

  test("the code of no driver says what to type", async () => {
    const { said } = await refused("drivers C.9.9");
    expect(said).toBe(
      'No driver and no metric has the code "C.9.9". What there is: /kpi drivers or /kpi metrics',
    );
    expect((await refused("drivers C.3.9")).said).toContain("/kpi drivers C.3.1");
  });

  test("a driver is defined by what it moves, who owns it and what it is seen by", async () => {
    const told = await ask("define C.6.2");
    const said = told.ok ? told.value.message.summary : "";
    expect(said).toContain("C.6.2 Customer Success Engagement");
    expect(said).toContain("Moves: Customer Satisfaction Score.");
    expect(said).toContain("Owned by: CS.");
    expect(said).toContain("Health Check Frequency");
  });

  test("a sensitive metric of a driver is not named where it may not be seen", async () => {
    const told = await ask("define C.6.3");
    const said = told.ok ? told.value.message.summary : "";
    expect(said).toContain("Customer Reported ROI Score");
    expect(said).not.toContain("Cost Savings");
  });

  test("the metrics of a driver are listed by its code", async () => {
    const told = await ask("metrics C.6.2");
    expect(told.ok && told.value.message.summary).toContain("health_check_frequency");
  });
});

describe("with a company", () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
    await loadSignUps(fresh.db);
    const { catalogue, settings } = contextOf(shipped, fresh.db).metrics;
    await refresh(fresh.db, settings, catalogue);
  });
  afterAll(() => fresh.close());
  const ask = async (line: string) => {
    const told = await dispatch(contextOf(shipped, fresh.db), line, asker);
    if (!told.ok) throw new Error(JSON.stringify(told.fault));
    return told.value;
  };

  test("a driver answers with its owners, its status and its metrics, those without data too", async () => {
    for (const line of ["C.3.1", "c31", "product experience", "drivers C.3.1"]) {
      const { message } = await ask(line);
      expect(message.summary).toContain("C.3.1 Product Experience, 2026-W46");
      expect(message.summary).toContain("Owned by PRD. It moves Adoption Rate (13-week).");
      expect(message.summary).toContain("No data, ");
      expect(message.summary).toContain("Onboarding Completion Rate");
    }
  });

  test("the tree of a success metric has each of its drivers with its status", async () => {
    const { message, data } = await ask("drivers sign-ups week 45");
    expect(message.summary).toContain(
      "Drivers of Weekly Sign-ups, 2026-W45. 3 drivers: 3 no data.",
    );
    expect(message.summary).toContain("C.2.3 Organic, GTM +CS: no data");
    expect(data).toMatchObject({ metric: "weekly_sign_ups", drivers: [{ code: "C.2.1" }, {}, {}] });
  });

  test("all drivers are told without their metrics, and no figure stands where figures are kept out", async () => {
    const { message } = await ask("drivers");
    expect(message.summary).toContain("18 drivers: 1 too few tested, 17 no data.");
    const bare = message.withoutFigures === "same" ? null : message.withoutFigures;
    expect(bare?.summary).toContain("C.6.3 Perceived ROI: no data.");
  });
});
