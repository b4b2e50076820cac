/** The whole matrix against the rule as a table, written down apart from the functions that decide. */
import { expect, test } from "vitest";
import { type AccessCell, accessMatrix, placesOf, type Readers } from "../../src/policy/index.ts";
import { aMetric } from "../commands/asking.ts";
import { faultTest } from "../support/fault-test.ts";
import { someRules } from "../support/some-rules.ts";

const metrics = [aMetric("open"), aMetric("secret", { sensitive: true })];

type Told = "all" | "open" | "nothing";
/** By what kpi.yaml says of a channel, what stands there is told to whoever is told anything. */
const byChannel: Record<string, Record<Readers, Told>> = {
  "": { colleagues: "open", guests: "nothing", unknown: "open", others: "nothing" },
  sensitive: { colleagues: "all", guests: "nothing", unknown: "open", others: "nothing" },
  guests: { colleagues: "open", guests: "open", unknown: "open", others: "nothing" },
  external: { colleagues: "open", guests: "nothing", unknown: "open", others: "open" },
  "sensitive guests": { colleagues: "all", guests: "all", unknown: "all", others: "nothing" },
  "guests external": { colleagues: "open", guests: "open", unknown: "open", others: "open" },
};
/** Where viewers are named and where they are not: who sees a sensitive metric that the channel allows. */
const seeSensitive: Record<string, readonly string[]> = {
  named: ["report", "viewer"],
  unnamed: ["report", "operator", "viewer", "member"],
};
/** A direct message has no channel that could allow anything. */
const direct: Record<string, Record<string, Told>> = {
  named: { operator: "open", viewer: "all", member: "open" },
  unnamed: { operator: "open", viewer: "open", member: "open" },
};
const untold = ["guest", "stranger", "former_member", "bot", "unchecked"];

function expected(keys: string, viewers: string, { role, place, readers }: AccessCell): Told {
  if (untold.includes(role)) return "nothing";
  if (place.kind === "direct") return direct[viewers]?.[role] ?? "nothing";
  const told = byChannel[keys]?.[readers] ?? "nothing";
  return told === "all" && !seeSensitive[viewers]?.includes(role) ? "open" : told;
}

function toldIn({ refused, metrics: seen }: AccessCell): Told {
  if (refused !== null || seen.length === 0) return "nothing";
  return seen.includes("secret") ? "all" : "open";
}

function rulesOf(keys: string, viewers: string, channel: string) {
  const where = (key: string): string[] => (keys.split(" ").includes(key) ? [channel] : []);
  return someRules(where("sensitive"), {
    guestChannels: new Set(where("guests")),
    externalChannels: new Set(where("external")),
    sensitiveViewers: viewers === "named" ? new Set(["slack:U0CFO", "discord:1"]) : null,
    operators: new Set(["slack:U0OPS"]),
  });
}

faultTest(
  30,
  "every role is told in every channel what the rule says, and nothing else",
  async (run) => {
    const seen = { wrong: 0, cells: 0 };
    for (let i = 0; seen.cells < run.cases; i++) {
      const keys = Object.keys(byChannel)[i % 6] ?? "";
      const viewers = i % 2 === 0 ? "named" : "unnamed";
      const channel = i % 3 === 0 ? `discord:${1000 + i}` : `slack:C${i}`;
      const cells = accessMatrix(rulesOf(keys, viewers, channel), placesOf([channel]), metrics);
      for (const cell of cells) {
        const isNamed = cell.place.kind === "channel" && cell.place.channel.channel !== "*";
        if (toldIn(cell) !== expected(isNamed ? keys : "", viewers, cell)) seen.wrong++;
        // The sensitive metric and the other.
        seen.cells += metrics.length;
        run.tried(metrics.length);
      }
    }
    run.saw(`${seen.wrong} wrong of ${seen.cells} cells of role, channel and metric`);
    expect(seen.wrong).toBe(0);
  },
);

test("operators alone operate, wherever they may ask at all", () => {
  const cells = accessMatrix(
    rulesOf("", "named", "slack:C0ALL"),
    placesOf(["slack:C0ALL"]),
    metrics,
  );
  const operating = cells.filter(({ operates }) => operates);
  expect(new Set(operating.map(({ role }) => role))).toEqual(new Set(["operator"]));
  expect(operating.every(({ refused }) => refused === null)).toBe(true);
});

test("whoever names no channel sees what holds in any", () => {
  expect(placesOf([]).map(({ kind }) => kind)).toEqual(["channel", "direct"]);
});
