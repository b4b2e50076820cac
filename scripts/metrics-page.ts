/** docs/metrics.md from the catalogue that ships, so that the page cannot say anything else. */
import type { Catalogue, Metric } from "../src/metrics/catalogue/index.ts";
import { placeOf } from "../src/metrics/catalogue/tree-order.ts";
import { computation } from "../src/wording/definition-sql.ts";

export function metricsPage(catalogue: Catalogue): string {
  const { metrics, drivers, teams } = catalogue;
  const sections = sectionsOf(catalogue);
  return [
    "# The metrics",
    "",
    "Written by `node scripts/write-metrics-docs.ts` from `src/metrics/catalogue/definitions`; a test holds the page to them. `/kpi define <metric>` says the same of one, as your own folder has it.",
    "",
    `${metrics.length} metrics and ${drivers.length} drivers, owned by ${teams.map(({ team, name }) => `${team} (${name})`).join(", ")}. A driver moves a success metric; under it stand the metrics that one can act on, which may stand under several and are described under the first. The definitions follow METRICS.md, the specification; what differs comes first.`,
    "",
    "## Where they differ from the specification",
    "",
    ...differences(metrics),
    "",
    ...sections.flatMap(({ title, about, under }) => [
      `## ${title}`,
      "",
      ...(about === "" ? [] : [about, ""]),
      ...tableOf(under),
      "",
    ]),
    "# What each of them is",
    "",
    ...sections.flatMap(({ first }) => first).flatMap(cardOf),
  ].join("\n");
}

/** Where metrics differ; those that differ alike stand together. */
function differences(metrics: readonly Metric[]): string[] {
  const texts = [...new Set(metrics.flatMap(({ differs }) => differs))];
  return texts.map((text) => {
    const alike = metrics.filter(({ differs }) => differs.includes(text));
    return `- ${alike.map(({ id, name }) => `[${name}](#${id})`).join(", ")}: ${text}`;
  });
}

interface Section {
  title: string;
  about: string;
  /** All that stand under it, and those that it is the first place of. */
  under: readonly Metric[];
  first: readonly Metric[];
}

/** The groups, each followed by the drivers of its metrics. */
function sectionsOf(catalogue: Catalogue): Section[] {
  const { metrics, drivers, groups } = catalogue;
  const isPlaced = (names: readonly string[]) => (metric: Metric) =>
    metric.parents.some((parent) => names.includes(placeOf(parent, catalogue)));
  const isFirst = (names: readonly string[]) => (metric: Metric) =>
    names.includes(placeOf(metric.parents[0] ?? "", catalogue));
  return groups.flatMap(({ group, name }) => {
    const own = metrics.filter(isPlaced([group]));
    const moving = drivers.filter(({ parent }) => own.some(({ id }) => id === parent));
    return [
      {
        title: `${group}: ${name}`,
        about: "",
        under: own,
        first: metrics.filter(isFirst([group])),
      },
      ...moving.map(({ code, name: called, what, owners, parent }) => ({
        title: `${code} ${called}`,
        about: `${what} Moves [${catalogue.get(parent)?.name}](#${parent}). Owned by ${owners.join(" and ")}.`,
        under: metrics.filter(isPlaced([code])),
        first: metrics.filter(isFirst([code])),
      })),
    ];
  });
}

const columns: readonly [label: string, cell: (metric: Metric) => string][] = [
  ["metric", ({ id, name }) => `[${name}](#${id})`],
  ["id", ({ id }) => `\`${id}\``],
  ["code", ({ codes }) => codes.join(", ")],
  ["owners", ({ owners }) => owners.join(", ")],
  ["unit", ({ unit }) => unit],
  ["good is", ({ direction }) => (direction === "neutral" ? "neither" : direction)],
  ["window", windowWords],
  ["cut by", ({ dimensions }) => dimensions.join(", ")],
  ["test", ({ test }) => test ?? "none"],
  ["reads", ({ reads }) => reads.join(", ")],
];

function tableOf(metrics: readonly Metric[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    line(columns.map(([label]) => label)),
    line(columns.map(() => "---")),
    ...metrics.map((metric) => line(columns.map(([, cell]) => cell(metric)))),
  ];
}

function windowWords({ aggregation, window, lag }: Metric): string {
  if (aggregation === "year_to_date") return "the year so far";
  const weeks = `${window} ${window === 1 ? "week" : "weeks"}`;
  return lag === 0 ? weeks : `${weeks}, ${lag} later`;
}

function cardOf(metric: Metric): string[] {
  const { id, name, what, numerator, denominator, why, caveats, needs } = metric;
  const facts: [string, string][] = [
    ["Counts", numerator],
    ["Out of", denominator ?? ""],
    ["Stands under", metric.parents.join(", ")],
    ["Also called", [...metric.codes, ...metric.aliases].join(", ")],
    ["Cohort", metric.lag > 0 ? `${metric.cohort} ${metric.lag} weeks before` : ""],
    ["Needs rows of", needs.map(({ text }) => `\`${text}\``).join(", ")],
    ["Told", metric.sensitive ? "only where sensitive metrics may be" : ""],
  ];
  const code = computation(metric);
  return [
    `<a id="${id}"></a>`,
    "",
    `## ${name}`,
    "",
    what,
    "",
    ...facts.filter(([, text]) => text !== "").map(([label, text]) => `- ${label}: ${text}`),
    "",
    ...(why === "" ? [] : [why, ""]),
    ...caveats.flatMap((text) => [`- ${text}`]),
    ...(caveats.length > 0 ? [""] : []),
    ...(code === ""
      ? []
      : [
          "<details><summary>How it is computed</summary>",
          "",
          "```sql",
          code,
          "```",
          "",
          "</details>",
          "",
        ]),
  ];
}
