import { expect, test } from "vitest";
import { sayVerdict } from "../../src/wording/say-verdict.ts";
import { sayHeadline } from "../../src/wording/whole-share.ts";
import { anAnswer, english, routine } from "./an-answer.ts";

const uptime = anAnswer({
  figures: { value: 1, num: 60_480, den: 60_480, n: 60_480 },
  verdict: { ...routine, test: "value", expected: 0.99993, low: 0.99947, high: 1.0004 },
});

test("the limits of a share of a whole end at 100%, and those of growth do not", () => {
  expect(sayVerdict(uptime, english)).toMatch(
    /Expected 99\.993% \(normal: 99\.947% to 100\.000%\)/,
  );
  expect(sayVerdict({ ...uptime, isOfWhole: false }, english)).toContain("to 100.040%");
});

test("all of a whole is told with the decimals that tell it from what was expected", () => {
  expect(sayHeadline(uptime, english)).toBe("100.000%");
  expect(sayHeadline(anAnswer(), english)).toBe("41.2%");
  expect(sayHeadline({ ...uptime, isOfWhole: false }, english)).toBe("100.0%");
});
