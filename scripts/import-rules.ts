/** Who may know whom. Read from top to bottom: arrows never point upward. */
import type { ICruiseOptions, IForbiddenRuleType } from "dependency-cruiser";

const rooms: Readonly<Record<string, readonly string[]>> = {
  db: [],
  jobs: [],
  backup: ["db"],
  monitoring: ["db"],
  render: [],
  metrics: ["db"],
  policy: ["metrics/catalogue", "db"],
  ingest: ["metrics/catalogue", "db"],
  wording: ["render", "policy", "metrics/catalogue"],
  threads: ["policy", "wording", "metrics", "db"],
  reports: ["jobs", "threads", "policy", "wording", "metrics", "db"],
  commands: ["reports", "threads", "policy", "wording", "metrics", "db"],
  bot: [],
  cli: [
    "config",
    "commands",
    "reports",
    "threads",
    "policy",
    "wording",
    "metrics",
    "ingest",
    "backup",
    "bot",
    "db",
    "render",
  ],
};

/** Files that every room may know: they know no room. */
const leaves = [
  "^src/(message|chat-connection|result|log|yaml-text|yaml-places|yaml-faults|nearest|periods|deadline|pause)\\.ts$",
];

const roomRules: IForbiddenRuleType[] = Object.entries(rooms).map(([room, known]) => ({
  name: `${room}-knows-only`,
  comment: `${room} may know: ${known.join(", ") || "nobody"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: {
    path: "^src/",
    pathNot: [
      `^src/${room}/`,
      ...leaves,
      ...known.map((name) => `^src/${name}/`),
      // The terminal composes as main does.
      ...(room === "cli" ? ["^src/[^/]+\\.ts$"] : []),
    ],
    // wording and policy know the types of metrics, faults of a query included, and none of its code.
    ...(room === "wording" || room === "policy"
      ? { dependencyTypesNot: ["type-only" as const] }
      : {}),
  },
}));

const only = (name: string, from: string, to: string): IForbiddenRuleType => ({
  name,
  severity: "error",
  from: { path: "^(src|sandbox|demo)/", pathNot: from },
  to: { path: to },
});

export const forbidden: IForbiddenRuleType[] = [
  ...roomRules,
  {
    name: "rooms-show-a-short-face",
    comment: "Outsiders import a room's index.ts; metrics/catalogue has its own.",
    severity: "error",
    from: { path: "^src/([^/]+)/" },
    to: {
      path: "^src/[^/]+/.+",
      pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$", "^src/metrics/catalogue/index\\.ts$"],
    },
  },
  {
    name: "root-uses-faces",
    severity: "error",
    from: { path: "^src/[^/]+\\.ts$" },
    to: {
      path: "^src/[^/]+/.+",
      pathNot: ["^src/[^/]+/index\\.ts$", "^src/metrics/catalogue/index\\.ts$"],
    },
  },
  {
    name: "config-knows-nobody",
    severity: "error",
    from: { path: "^src/config/" },
    to: { path: "^src/", pathNot: ["^src/config/", ...leaves] },
  },
  {
    name: "sandbox-knows-only-http",
    severity: "error",
    from: { path: "^sandbox/" },
    to: { path: "^(src|demo)/" },
  },
  { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
  { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  only("slack-only-in-bot-slack", "^src/bot/slack/", "node_modules/@slack/"),
  only("discord-only-in-bot-discord", "^src/bot/discord/", "node_modules/discord\\.js/"),
  only("pg-only-in-db", "^src/db/", "node_modules/(pg|pg-copy-streams|node-pg-migrate)/"),
  only("prometheus-only-in-monitoring", "^src/monitoring/", "node_modules/@prometheus-io/"),
  only("pg-boss-only-in-jobs", "^src/jobs/", "node_modules/pg-boss/"),
  only(
    "drawing-only-in-render",
    "^src/render/",
    "node_modules/(vega[^/]*|sharp|harfbuzzjs|@napi-rs)/",
  ),
];

export const options: ICruiseOptions = {
  doNotFollow: { path: "node_modules" },
  tsPreCompilationDeps: true,
  tsConfig: { fileName: "tsconfig.json" },
  enhancedResolveOptions: {
    exportsFields: ["exports"],
    conditionNames: ["import", "node", "default", "types"],
  },
};
