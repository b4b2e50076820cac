/** What the settings say, and what they do not. */
import type { ConfigFault, Survey } from "../../config/index.ts";
import type { DataFault } from "../../open-data.ts";
import type { Result } from "../../result.ts";
import { tellCatalogueFault, tellUnknownMetric } from "../tell-start-fault.ts";
import { type Finding, fine, missing, type Step, unset, wrong } from "./finding.ts";

interface Defined {
  metrics: readonly unknown[];
  teams: readonly { team: string }[];
}

type CatalogueFault = Extract<DataFault, { kind: "catalogue" | "unknown_metrics" }>;

export function configFindings(
  { config, environment, companyFile, faults }: Survey,
  catalogue: Result<Defined, CatalogueFault>,
): Finding[] {
  return [
    ...faults.map(({ where, problem, next, isMissing }) =>
      (isMissing ? missing : wrong)(where, problem, next, stepOf(where)),
    ),
    ...fileFindings(companyFile, catalogue),
    // Of a file that cannot be read nobody knows what it says.
    ...(companyFile === "read"
      ? [
          scorecardFinding(config.company),
          ...teamFindings(
            Object.keys(config.company.teams),
            catalogue.ok ? catalogue.value.teams.map(({ team }) => team) : null,
          ),
          ownerFinding(config),
        ]
      : []),
    ...platforms(environment, faults),
  ];
}

function stepOf(where: string): Step | null {
  if (/SLACK_|DISCORD_/.test(where)) return 3;
  return /^kpi\.yaml|KPI_CONFIG/.test(where) ? 4 : null;
}

/** kpi.yaml itself, the metrics that it names, and the definitions that it leads to. */
function fileFindings(
  file: Survey["companyFile"],
  catalogue: Result<Defined, CatalogueFault>,
): Finding[] {
  if (!catalogue.ok) return catalogueFindings(catalogue.fault);
  const defined = fine("metrics", `${catalogue.value.metrics.length} are defined`);
  if (file === "faulty") return [defined];
  if (file === "read") return [fine("kpi.yaml", "read, without a fault"), defined];
  const next = "Write one; demo/kpi.yaml is an example, and KPI_CONFIG names one elsewhere.";
  return [
    unset("kpi.yaml", "there is none here: UTC, US dollars and no channels hold", next, 4),
    defined,
  ];
}

function catalogueFindings(fault: CatalogueFault): Finding[] {
  if (fault.kind === "unknown_metrics")
    return fault.names.map((unknown) =>
      wrong(unknown.where, tellUnknownMetric(unknown), "Correct the name in the file.", 4),
    );
  const next = "Correct the line; docs/own-metrics.md lists what is allowed.";
  return fault.faults.map((each) => wrong("metrics", tellCatalogueFault(each), next));
}

function scorecardFinding({ scorecard }: Survey["config"]["company"]): Finding {
  return scorecard.channels.length > 0
    ? fine("scorecard", `${scorecard.day} ${scorecard.at}, in ${scorecard.channels.join(", ")}`)
    : unset(
        "scorecard",
        "it has no channel: nothing is posted on Monday",
        "Name its channels in kpi.yaml, scorecard.channels.",
        4,
      );
}

/** `named` in kpi.yaml, where they are met; `known` to the definitions, where they own, null where these are faulty. */
export function teamFindings(named: readonly string[], known: readonly string[] | null): Finding[] {
  if (named.length === 0)
    return [
      unset(
        "teams",
        "there are none: every signal goes to the scorecard's channel",
        "Name them in kpi.yaml, teams.",
        4,
      ),
    ];
  const strangers = known === null ? [] : named.filter((team) => !known.includes(team));
  return [
    fine("teams", named.join(", ")),
    ...strangers.map((team) =>
      wrong(
        `teams.${team}`,
        `the definitions have no team of this name, so it owns nothing. Teams: ${known?.join(", ")}`,
        `Correct the name in kpi.yaml, or add it to your definitions: - { team: ${team}, name: ... }`,
        4,
      ),
    ),
  ];
}

/** Who is told when something fails, if that can be. */
function ownerFinding({ company: { owner }, slack, discord }: Survey["config"]): Finding {
  if (owner === undefined)
    return unset(
      "owner",
      "nobody is named to be told when something fails: only the log has it",
      "Name a person in kpi.yaml, owner.",
      4,
    );
  // Without any platform that is told for itself.
  const [own, other] = owner.startsWith("slack:") ? [slack, discord] : [discord, slack];
  if (own !== null || other === null) return fine("owner", "named");
  return wrong(
    "owner",
    `${owner} is named, whose platform is not configured: nobody is told when something fails`,
    "Name a person of a platform that is, in kpi.yaml, owner.",
    4,
  );
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
