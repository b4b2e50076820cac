/**
 * For every test file: whatever this process writes, and whatever any room logs by the log that
 * tests hand it, is looked at for secrets and for figures. See test/secrets.test.ts.
 */
import { afterAll, expect } from "vitest";
import { type LogFields, silentLog } from "../../src/log.ts";
import { leaksIn } from "./leaks.ts";

const leaks: string[] = [];

for (const stream of [process.stdout, process.stderr]) {
  stream.write = new Proxy(stream.write, {
    apply: (write, self, args) => {
      leaks.push(...leaksIn(String(args[0])));
      return Reflect.apply(write, self, args);
    },
  });
}

const look = (event: string, fields: LogFields = {}): void => {
  leaks.push(...leaksIn(`${event} ${JSON.stringify(fields)}`));
  // Ids, counts and codes are whole; what is not and is no time is a figure of the company.
  for (const [name, value] of Object.entries(fields))
    if (typeof value === "number" && !Number.isInteger(value) && !/ms$/i.test(name))
      leaks.push(`${event}: ${name} is a figure`);
};
Object.assign(silentLog, { debug: look, info: look, warn: look, error: look });

afterAll(() => {
  expect(leaks, "secrets or figures in what was written").toEqual([]);
});
