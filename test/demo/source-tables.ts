import { describe, expect, test } from "vitest";
import { z } from "zod";
import { identities } from "./identities.ts";
import { type Both, countOf, tell } from "./loaded.ts";

export function describeSourceTables(both: Both): void {
  describe("the source tables", () => {
    test("fit the demo's budget", () => {
      tell("rows", Object.fromEntries(both().withStories.rows));
      for (const { rows } of Object.values(both())) {
        expect(rows.get("usage_daily")).toBeLessThanOrEqual(700_000);
        expect(rows.get("telemetry_hourly")).toBeLessThanOrEqual(400_000);
        expect([...rows.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1_550_000);
        expect([...rows].filter(([, count]) => count === 0)).toEqual([]);
        expect(rows.size).toBe(29);
      }
    });

    test.each(identities)("$holds", async ({ broken }) => {
      for (const { fresh } of Object.values(both())) {
        expect(await countOf(fresh.db, broken)).toBe(0);
      }
    });

    test("bring about 90 sign-ups a week, 45 of them pro, never fewer pro than a fair sample", async () => {
      const perWeek = await both().withStories.fresh.db.rows(
        z.object({ all: z.coerce.number(), pro: z.coerce.number(), trials: z.coerce.number() }),
        `SELECT count(*) AS all, count(*) FILTER (WHERE s.tier = 'pro') AS pro,
                count(*) FILTER (WHERE s.tier = 'pro' AND s.status = 'trial') AS trials
         FROM acct a JOIN subscription_periods s ON s.account_id = a.account_id AND s.is_primary
          AND s.valid_from = a.signed_up_at
         GROUP BY week_of(day_of(signed_up_at)) ORDER BY week_of(day_of(signed_up_at))`,
      );
      const mean = (of: readonly number[]) => of.reduce((a, b) => a + b, 0) / of.length;
      const lately = perWeek.slice(-39);
      tell("sign-ups a week", {
        all: mean(perWeek.map((w) => w.all)),
        pro: mean(perWeek.map((w) => w.pro)),
        fewestProLately: Math.min(...lately.map((w) => w.pro)),
      });
      expect(mean(perWeek.map((w) => w.all))).toBeCloseTo(90, -1);
      expect(mean(perWeek.map((w) => w.pro))).toBeCloseTo(45, -1);
      expect(mean(perWeek.map((w) => w.trials / w.pro))).toBeGreaterThan(0.5);
      expect(Math.min(...lately.map((w) => w.pro))).toBeGreaterThanOrEqual(30);
    });

    test("carry names that a chat must escape, as they are", async () => {
      const named = (name: string) => `SELECT count(*) FROM accounts WHERE name = '${name}'`;
      for (const name of [
        "Smith & Sons <Ltd>",
        "*Bold* Co",
        "@everyone Ltd",
        "株式会社あおぞら灯台",
      ]) {
        expect(await countOf(both().withStories.fresh.db, named(name))).toBe(1);
      }
      const alike = "SELECT count(*) - count(DISTINCT name) FROM accounts";
      expect(await countOf(both().withStories.fresh.db, alike)).toBe(0);
    });
  });
}
