/** docs/faults.md: every row with its tests, both counts and the last full figure, or "not yet". */
import type { FoundTest } from "./find-fault-tests.ts";
import type { KeptOutcome } from "./outcome.ts";
import type { FaultRow } from "./rows.ts";

const head = `# Faults and attacks that the bot stands

Made by \`npm run soak -- --page\`, and anew by every \`npm run soak\`; not written by hand. \`npm test\` tries each row as often as "quick" says, \`npm run soak\` as often as "full" says, and \`npm run soak -- 14 25\` the rows named. "Not yet" is said of a row without a test, and of a test whose full run has not been made since its name is what it is. What a machine lacks is said to be skipped, never passed.

FS is the loopback Slack and Discord with their fault modes, PX a small TCP proxy that cuts and slows, PG a real Postgres, K \`kill -9\` at named points, CK an injected clock, FC fast-check.
`;

export function faultsPage(
  rows: readonly FaultRow[],
  tests: readonly FoundTest[],
  outcomes: readonly KeptOutcome[],
): string {
  const covered = rows.filter(({ row }) => tests.some((test) => test.row === row));
  const open = rows.filter((row) => !covered.includes(row));
  const parts = covered.map((row) =>
    section(
      row,
      tests.filter((test) => test.row === row.row),
      outcomes,
    ),
  );
  return `${[head, `${covered.length} of ${rows.length} rows have their test.\n`, ...parts, notYet(open)].join("\n")}`;
}

function section(
  row: FaultRow,
  tests: readonly FoundTest[],
  outcomes: readonly KeptOutcome[],
): string {
  const lines = tests.map(
    (test) => `- ${test.name} (\`${test.file}\`). ${lastFull(test, row, outcomes)}`,
  );
  return `## ${row.row}. ${row.fault}

${capital(row.required)}. To reach: ${row.figure}. Quick ${count(row.quick)}, full ${count(row.full)} ${row.unit}.

${lines.join("\n")}
`;
}

function lastFull(test: FoundTest, row: FaultRow, outcomes: readonly KeptOutcome[]): string {
  const last = outcomes.find((kept) => kept.row === test.row && kept.test === test.name);
  if (last === undefined) return "Last full run: not yet.";
  if (last.held === null) return `Last full run, ${last.on}: ${last.figure}.`;
  const held = last.held ? "held" : "**did not hold**";
  const figure = last.held && last.figure !== "" ? `: ${last.figure}` : "";
  return `Last full run, ${last.on}, ${count(last.cases)} ${row.unit} in ${duration(last.seconds)}: ${held}${figure}.`;
}

function notYet(rows: readonly FaultRow[]): string {
  const lines = rows.map(
    ({ row, fault, required, figure }) => `| ${row} | ${fault} | ${required} | ${figure} |`,
  );
  return `## Not yet

| row | fault | what must happen | to reach |
| --- | --- | --- | --- |
${lines.join("\n")}
`;
}

function count(number: number): string {
  return number.toLocaleString("en-GB");
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`;
}

function capital(text: string): string {
  return /^[a-z]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
