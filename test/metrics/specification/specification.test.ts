/** That what is kept here of the specification is what the specification says. */
import { expect, test } from "vitest";
import { z } from "zod";
import { defaultSettings, loadCatalogue } from "../../../src/metrics/catalogue/index.ts";
import { hasShared, readShared } from "../../support/shared.ts";
import { exampleSchema, examples, specifiedSql } from "./specification.ts";

const loaded = await loadCatalogue(defaultSettings);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
const shipped = loaded.value.metrics.map(({ id }) => id);

test("every shipped metric has a worked example, and SQL to equal unless it is asked with a target", () => {
  const worked = examples.examples.flatMap((each) => each.expect.map(({ metric }) => metric));
  const unworked = shipped.filter((id) => !worked.includes(id));
  expect(["catch_up_cwgr", "ltv_cac_ratio"]).toEqual(expect.arrayContaining(unworked));
  const others = shipped.filter((id) => specifiedSql[id] === undefined);
  expect(["cwgr", "catch_up_cwgr", "ltv_cac_ratio"]).toEqual(expect.arrayContaining(others));
});

test.skipIf(!hasShared("metrics/examples.json"))("the examples are the specification's", () => {
  const specified = z
    .object({ base_rows: z.unknown(), metrics: z.array(exampleSchema) })
    .parse(JSON.parse(readShared("metrics/examples.json")));
  expect(examples.base_rows).toEqual(specified.base_rows);
  expect(examples.examples).toEqual(specified.metrics);
});

test.skipIf(!hasShared("metrics/catalogue.json"))("the SQL is the specification's", () => {
  const { metrics } = z
    .object({ metrics: z.array(z.object({ id: z.string(), sql: z.string() })) })
    .parse(JSON.parse(readShared("metrics/catalogue.json")));
  for (const [id, sql] of Object.entries(specifiedSql))
    expect(sql.trim(), id).toBe(metrics.find((metric) => metric.id === id)?.sql.trim());
});
