import { describe, expect, test } from "vitest";
import { tellAccess } from "../../src/cli/tell-access.ts";
import { tellAudit } from "../../src/cli/tell-audit.ts";
import { toTerminal } from "../../src/cli/to-terminal.ts";
import { accessMatrix, placesOf } from "../../src/policy/index.ts";
import { aMetric } from "../commands/asking.ts";
import { someRules } from "../support/some-rules.ts";

/** Without the padding between columns. */
const linesOf = (message: Parameters<typeof toTerminal>[0]): string[] =>
  toTerminal(message)
    .split("\n")
    .map((line) => line.replaceAll(/ {2,}/g, " | "));

describe("kpi access", () => {
  const metrics = [aMetric("open"), aMetric("secret", { sensitive: true })];
  const places = placesOf(["slack:C0LEAD", "discord:1000"]);

  test("has a line for each place and who reads there, and a column for roles that see the same", () => {
    const rules = someRules(["slack:C0LEAD"], { sensitiveViewers: new Set(["slack:U0CFO"]) });
    const lines = linesOf(tellAccess(accessMatrix(rules, places, metrics), metrics, false));
    expect(lines).toContain(
      "where | who reads there | a report | an operator, a member | a viewer",
    );
    expect(lines).toContain("slack:C0LEAD | members | all 2 | 1, not the sensitive | all 2");
    expect(lines).toContain(
      "slack:C0LEAD | guests too; another organisation | nothing | nothing | nothing",
    );
    expect(lines).toContain("Sensitive: secret.");
  });

  test("puts those together who may see the same where nobody is named", () => {
    const lines = linesOf(tellAccess(accessMatrix(someRules(), places, metrics), metrics, false));
    expect(lines).toContain("where | who reads there | a report | an operator, a viewer, a member");
    expect(lines).toContain(
      "Nothing is told anywhere to a guest, somebody of another organisation, a former member, another bot, who cannot be checked.",
    );
  });
});

test("kpi access says first that no figure goes to chat at all", () => {
  const metrics = [aMetric("open")];
  const cells = accessMatrix(someRules(), placesOf([]), metrics);
  expect(tellAccess(cells, metrics, true).summary).toBe(
    "No figure goes to chat (figures: links_only). Who is led to what: 1 metrics, 0 of them sensitive.",
  );
});

describe("kpi audit", () => {
  const since = Temporal.PlainDate.from("2026-11-01");

  test("has a line for each entry, by the company's clock", () => {
    const entry = {
      at: Temporal.Instant.from("2026-11-16T09:00:00Z"),
      kind: "refused",
      who: "slack:U0GUS",
      channel: "slack:C0ALL",
      what: { by: "question", metrics: ["arr"], filters: { tier: ["pro", "team"] } },
      code: "guest",
    } as const;
    const lines = linesOf(tellAudit([entry], since, "Europe/Berlin"));
    expect(lines).toEqual([
      "Since 2026-11-01, Europe/Berlin: 1 refused, 0 sensitive metrics disclosed, 0 messages withdrawn, 0 orders.",
      "",
      "when | what | who | where | by | of | why",
      "2026-11-16 10:00:00 | refused | slack:U0GUS | slack:C0ALL | question | arr tier=pro,team | guest",
    ]);
  });

  test("says that there is nothing", () => {
    expect(linesOf(tellAudit([], since, "UTC"))).toHaveLength(1);
  });
});
