import { expect, test } from "vitest";
import { segmentName, shortSegmentName } from "../../src/wording/segment-name.ts";

test.each([
  [undefined, "team + pro", "team + pro"],
  [{ small: ["a"], others: ["b"] }, "1 segment under 5 accounts, together with b", "b + 1 small"],
  [{ small: ["a", "b", "c"], others: [] }, "3 segments under 5 accounts", "3 small"],
  [{ small: [], others: ["pro", "team"] }, "pro and team together", "pro + team"],
])("segments that are told together say what they are: %o", (together, name, short) => {
  expect(segmentName({ segment: "team + pro", together })).toBe(name);
  expect(shortSegmentName({ segment: "team + pro", together })).toBe(short);
});
