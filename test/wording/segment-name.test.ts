import { expect, test } from "vitest";
import { segmentName } from "../../src/wording/segment-name.ts";

test.each([
  [undefined, "team + pro"],
  [{ small: ["team"], others: ["pro"] }, "1 segment under 5 accounts, together with pro"],
  [{ small: ["a", "b", "c"], others: [] }, "3 segments under 5 accounts"],
  [{ small: [], others: ["pro", "team"] }, "pro and team together"],
])("segments that are told together say what they are: %o", (together, name) => {
  expect(segmentName({ segment: "team + pro", together })).toBe(name);
});
