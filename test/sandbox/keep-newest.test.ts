import fc from "fast-check";
import { expect, test } from "vitest";
import { keepNewest } from "../../sandbox/keep-newest.ts";

test("of whatever came, the newest stay, in order, and the oldest are told to have gone", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), fc.nat({ max: 20 }), (came, most) => {
      const list = [...came];
      const map = new Map(came.map((one) => [one, one]));
      const gone = came.slice(0, Math.max(came.length - most, 0));
      expect(keepNewest(list, most)).toEqual(gone);
      expect(keepNewest(map, most)).toEqual(gone);
      expect([...gone, ...list]).toEqual(came);
      expect([...map.values()]).toEqual(list);
    }),
  );
});
