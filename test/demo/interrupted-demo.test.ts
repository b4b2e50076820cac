/** Ctrl-C while the demo is brought up. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { INTERRUPTED, runDemo } from "../../demo/run-demo.ts";
import { startReaper } from "../support/reaper.ts";

test.each([
  ["while its company is made up", () => Promise.resolve()],
  [
    "while its company is imported",
    (folder: string) =>
      expect
        .poll(() => existsSync(path.join(folder, "company", "usage_daily.csv")), {
          timeout: 60_000,
        })
        .toBe(true),
  ],
])(
  "interrupted %s, the demo ends with its database",
  async (_, moment) => {
    const cwd = mkdtempSync(path.join(tmpdir(), "demo-interrupted-"));
    chmodSync(cwd, 0o755);
    const folder = path.join(cwd, ".kpi", "demo");
    const reaper = startReaper(folder);
    onTestFinished(async () => {
      await reaper.reap();
      rmSync(cwd, { recursive: true, force: true });
    });
    const interrupt = new AbortController();
    const said = Promise.withResolvers<void>();
    const { signal } = interrupt;
    const started = runDemo({ cwd, port: 0, socket: false, say: () => said.resolve(), signal });
    await said.promise;
    await moment(folder);
    interrupt.abort();
    expect(await started).toEqual({ ok: false, fault: INTERRUPTED });
    expect(existsSync(path.join(folder, "postgres", "data", "PG_VERSION"))).toBe(true);
    expect(existsSync(path.join(folder, "postgres", "data", "postmaster.pid"))).toBe(false);
  },
  120_000,
);
