import { expect, test } from "vitest";
import { chartOfAnswer } from "../../src/wording/chart-of-answer.ts";
import { anAnswer, english } from "./an-answer.ts";

test("a share that is no number any more in percent has no point", () => {
  const [point] = anAnswer().series;
  if (point === undefined) throw new Error("an answer has a point");
  const series = [{ ...point, value: 1e308 }, point];
  expect(chartOfAnswer(anAnswer({ series }), english).series[0]?.values).toEqual([null, 41.2]);
});
