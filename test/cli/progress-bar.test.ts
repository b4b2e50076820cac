import { WriteStream } from "node:tty";
import { expect, test } from "vitest";
import { ProgressBar, progressLine, refreshLine } from "../../src/cli/progress-bar.ts";

test.each([
  [0, 1_000, "usage.csv  [------------------------] 0%  0.0 of 200 MB  0.0 MB/s"],
  [50e6, 2_000, "usage.csv  [######------------------] 25%  50 of 200 MB  25 MB/s"],
  [199.9e6, 100, "usage.csv  [#######################-] 99%  200 of 200 MB"],
  [200e6, 9_000, "usage.csv  all 200 MB read; its rows are checked and stored ..."],
])("at %d bytes after %d ms the line is right", (bytes, ms, line) => {
  expect(progressLine({ file: "/data/usage.csv", bytes, of: 200e6 }, ms)).toBe(line);
});

test("of a pipe nobody knows how much is left", () => {
  const reading = { file: "/dev/stdin", bytes: 3e6, of: null };
  expect(progressLine(reading, 1_500)).toBe("stdin  3.0 MB  2.0 MB/s");
});

test("a name cannot move the cursor", () => {
  expect(progressLine({ file: "a\u001b[2J.csv", bytes: 1, of: 2 }, 0)).not.toContain("\u001b");
});

test("nothing is drawn where there is no terminal, or a dumb one", () => {
  for (const term of ["xterm", "dumb"]) {
    const written: string[] = [];
    const out = Object.assign(Object.create(WriteStream.prototype), {
      isTTY: term === "dumb",
      write: (text: string) => written.push(text),
    });
    const bar = new ProgressBar(out, term);
    bar.update({ file: "a.csv", bytes: 1, of: 1 });
    bar.clear();
    expect(written).toEqual([]);
  }
});

test("a refresh says which of how many metrics is done", () => {
  const progress = { metric: "adoption_rate", weeks: 120, ms: 300, done: 27, of: 108 };
  expect(refreshLine(progress)).toBe("[######------------------] metric 27 of 108  adoption_rate");
});
