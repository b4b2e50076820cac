import { expect, test } from "vitest";
import { currencyOf } from "../../src/cli/init/currency-of.ts";

const columns = (...names: string[]) => [{ columns: names.map((name) => ({ name, values: [] })) }];

test("a column of currencies says it, where it has one only", () => {
  const of = (...values: string[]) => [{ columns: [{ name: "Currency", values }] }];
  expect(currencyOf(of("eur"))).toMatchObject({ currency: "EUR" });
  expect(currencyOf(of("eur", "usd"))).toBeNull();
});

test("the names of amounts say it, where they agree", () => {
  expect(currencyOf(columns("Plan", "Monthly price (EUR)", "fee_eur"))).toMatchObject({
    currency: "EUR",
  });
  expect(currencyOf(columns("amount_usd", "amount_eur"))).toBeNull();
  expect(currencyOf(columns("Plan", "Monthly price"))).toBeNull();
});
