/** What the settings say, and what they do not. */
import type { ConfigFault, Survey } from "../../config/index.ts";
import type { DataFault } from "../../open-data.ts";
import type { Result } from "../../result.ts";
import { tellStartFault } from "../tell-start-fault.ts";
import { type Finding, fine, missing, note, type Step } from "./finding.ts";

export function configFindings({ config, environment, companyFile, faults }: Survey): Finding[] {
  const wrong = faults.map(({ where, problem, next }) =>
    missing(where, problem, next, stepOf(where)),
  );
  return [
    ...wrong,
    ...companyFindings(config.company, companyFile),
    ...platforms(environment, faults),
  ];
}

function stepOf(where: string): Step | null {
  if (/SLACK_|DISCORD_/.test(where)) return 3;
  return /^kpi\.yaml|KPI_CONFIG/.test(where) ? 4 : null;
}

function companyFindings(
  { scorecard, owner, teams }: Survey["config"]["company"],
  file: Survey["companyFile"],
): Finding[] {
  // Of a file that cannot be read nobody knows what it says.
  if (file === "faulty") return [];
  if (file === "absent")
    return [
      note(
        "kpi.yaml",
        "there is none here: UTC, USD and no channels hold",
        "Write one; demo/kpi.yaml is an example, and KPI_CONFIG names one elsewhere.",
        4,
      ),
    ];
  return [
    fine("kpi.yaml", "read, without a fault"),
    ...(scorecard.channels.length > 0
      ? []
      : [
          note(
            "scorecard",
            "it has no channel: nothing is posted on Monday",
            "Name its channels in kpi.yaml, scorecard.channels.",
            4,
          ),
        ]),
    ...(Object.keys(teams).length > 0
      ? []
      : [
          note(
            "teams",
            "there are none: every signal goes to the scorecard's channel",
            "Name them in kpi.yaml, teams.",
            4,
          ),
        ]),
    owner === undefined
      ? note(
          "owner",
          "nobody is named to be told when something fails",
          "Name a person in kpi.yaml, owner.",
          4,
        )
      : fine("owner", "named"),
  ];
}

function platforms(environment: Survey["environment"], faults: readonly ConfigFault[]): Finding[] {
  const names = [
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "DISCORD_TOKEN",
  ] as const;
  const isGiven = names.some((name) => environment[name] !== undefined);
  const isWrong = faults.some(({ where }) => names.some((name) => where.includes(name)));
  if (isGiven || isWrong) return [];
  return [
    missing(
      "chat platform",
      "none is configured",
      "Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP), or DISCORD_TOKEN; each may stand in a file named by the variable with _FILE.",
      3,
    ),
  ];
}

/** The metric definitions, and the metrics that kpi.yaml names. */
export function catalogueFindings(
  catalogue: Result<
    { metrics: readonly unknown[] },
    Extract<DataFault, { kind: "catalogue" | "unknown_metrics" }>
  >,
): Finding[] {
  if (catalogue.ok) return [fine("metrics", `${catalogue.value.metrics.length} are defined`)];
  return tellStartFault(catalogue.fault)
    .split("\n")
    .map((line) =>
      missing("metrics", line, "Correct the line; docs/own-metrics.md lists what is allowed."),
    );
}
