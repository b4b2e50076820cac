import { expect, onTestFinished, test, vi } from "vitest";
import { show } from "../../src/cli/ask.ts";

/** What is said beside the answer to `line`. */
async function saidBeside(line: string, json: boolean): Promise<string> {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const beside = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => void vi.restoreAllMocks());
  const message = { blocks: [], summary: "" };
  await show({ message, data: null, metrics: [], draw: null, line }, json, null);
  const said = beside.mock.calls.map(([text]) => String(text)).join("");
  vi.restoreAllMocks();
  return said;
}

test("weeks that only a chart would show are told of, for the number is not theirs", async () => {
  expect(await saidBeside("weekly_sign_ups last 12 weeks week 2026-W46", false)).toBe(
    "The number is of the weeks named under it. Its chart of the last 12 weeks is drawn with --png <file>, and --json has their numbers.\n",
  );
  expect(await saidBeside("mrr last 6 months month 2026-10", false)).toBe(
    "The number is of the month named under it. Its chart of the last 6 months is drawn with --png <file>, and --json has their numbers.\n",
  );
  expect(await saidBeside("weekly_sign_ups week 2026-W46", false)).toBe("");
  expect(await saidBeside("weekly_sign_ups last 12 weeks", true)).toBe("");
});
