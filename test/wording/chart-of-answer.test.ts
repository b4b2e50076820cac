import { expect, test } from "vitest";
import { answerJson } from "../../src/wording/answer-json.ts";
import { chartOfAnswer } from "../../src/wording/chart-of-answer.ts";
import { anAnswer, english } from "./an-answer.ts";

test("a share that is no number any more in percent has no point", () => {
  const [point] = anAnswer().series;
  if (point === undefined) throw new Error("an answer has a point");
  const series = [{ ...point, value: 1e308 }, point];
  expect(chartOfAnswer(anAnswer({ series }), english).series[0]?.values).toEqual([null, 41.2]);
});

test("durations have the one unit that the largest is told in, and stay what they are in JSON", () => {
  const [point] = anAnswer().series;
  if (point === undefined) throw new Error("an answer has a point");
  const series = [57, 312].map((value) => ({ ...point, value }));
  const answer = anAnswer({ unit: "minutes", series });
  const chart = chartOfAnswer(answer, english);
  expect(chart.unit).toBe("hours");
  expect(chart.series[0]?.values).toEqual([0.95, 5.2]);
  expect(answerJson(answer, english)).toMatchObject({
    unit: "minutes",
    series: [{ value: 57 }, { value: 312 }],
  });
});
