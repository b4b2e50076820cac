/** The findings for whoever reads them: by what was looked at, and in each what is wrong first. */
import { areas, type Finding, type Findings } from "./finding.ts";

const states = {
  wrong: "wrong",
  missing: "missing",
  check: "check",
  unset: "not set up",
  ok: "ok",
} as const satisfies Record<Finding["state"], string>;
const order = Object.keys(states);
const INDENT = 14;

/** `columns`: how wide the terminal is. */
export function tellFindings(findings: Findings, columns: number): string {
  const parts = areas.flatMap((area) => {
    const sorted = findings[area].toSorted(
      (a, b) => order.indexOf(a.state) - order.indexOf(b.state),
    );
    return sorted.length === 0
      ? []
      : [[area, ...sorted.map((finding) => lineOf(finding, columns))].join("\n")];
  });
  return [...parts, verdict(findings)].join("\n\n");
}

export function isWell(findings: Findings): boolean {
  return count(findings, "wrong") + count(findings, "missing") === 0;
}

function lineOf({ state, about, said, lines = [], next, step }: Finding, columns: number): string {
  const words = wrapped(`${about}: ${said}`, columns);
  const place = step === null ? "" : ` [README, Slack workspace, step ${step}]`;
  const advice = next === null ? [] : wrapped(`> ${next}${place}`, columns);
  const listed = lines.flatMap((line) => {
    const [head = "", ...others] = wrapped(line, columns - 4);
    return [`  ${head}`, ...others.map((other) => `    ${other}`)];
  });
  const [first = "", ...rest] = [...words, ...listed, ...advice];
  const pad = " ".repeat(INDENT);
  return [`  ${states[state].padEnd(INDENT - 2)}${first}`, ...rest.map((line) => pad + line)].join(
    "\n",
  );
}

/** In lines as wide as what is right of the indent. A word that is wider has one for itself. */
function wrapped(text: string, columns: number): string[] {
  const width = Math.max(columns - INDENT, 20);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < width)
      lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

function verdict(findings: Findings): string {
  const counts = (["wrong", "missing"] as const).flatMap((state) => {
    const found = count(findings, state);
    return found === 0 ? [] : [`${found} ${state}`];
  });
  return counts.length === 0
    ? "The bot has all that it needs. What is not set up may stay so."
    : `${counts.join(", ")}: the bot cannot do its work as it is.`;
}

function count(findings: Findings, state: Finding["state"]): number {
  return Object.values(findings)
    .flat()
    .filter((finding) => finding.state === state).length;
}
