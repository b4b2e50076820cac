import type { Answer } from "../answer.ts";
import { segmentsOf } from "./about-answer.ts";
import { type Asked, measure } from "./asked.ts";

/** The segments of the answer's week by the dimension asked for, all in the total's window; null: none was. */
export async function readBreakdown(asked: Asked, width: number): Promise<Answer["breakdown"]> {
  const { by } = asked.query;
  if (by === null) return null;
  const measured = await measure(asked, [asked.place.week], width, by);
  return { dimension: by, segments: segmentsOf(asked.metric, measured) };
}
