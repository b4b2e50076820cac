import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "../../src/ingest/csv/csv-line.ts";

test("what is written is what another program reads, whatever it is", () => {
  const value = fc.oneof(fc.string(), fc.constantFrom(',"\n', "\r\n", '""', "ä,ö", "'=1+1"));
  fc.assert(
    fc.property(fc.array(value, { minLength: 2, maxLength: 6 }), (values) => {
      expect(parse(csvLine(values), { record_delimiter: "\n" })).toEqual([values]);
    }),
  );
  expect(csvLine(["a", 1, null, ""])).toBe("a,1,,\n");
});
