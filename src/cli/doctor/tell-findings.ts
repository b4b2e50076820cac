/** The findings for whoever reads them: what is missing first, each with its next step. */
import type { Finding } from "./finding.ts";

export function tellFindings(findings: readonly Finding[]): string {
  const order = { missing: 0, note: 1, ok: 2 } as const satisfies Record<Finding["state"], number>;
  const sorted = findings.toSorted((a, b) => order[a.state] - order[b.state]);
  const width = Math.max(...sorted.map(({ about }) => about.length));
  const lines = sorted.flatMap(({ state, about, said, next, step }) => [
    `${state.padEnd(7)}  ${about.padEnd(width)}  ${said}`,
    ...(next === null
      ? []
      : [`${" ".repeat(width + 11)}${next}${step === null ? "" : ` [README step ${step}]`}`]),
  ]);
  const count = findings.filter(({ state }) => state === "missing").length;
  const verdict = count === 0 ? "Nothing is missing." : `${count} missing.`;
  return [...lines, "", verdict].join("\n");
}

export function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "missing");
}
