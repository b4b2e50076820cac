/** Each room's part of the configuration. */
import {
  type ChatContext,
  type CommandContext,
  floodGuard,
  knownFacts,
  shareGuard,
} from "./commands/index.ts";
import type { Config } from "./config/index.ts";
import { isoWeekday, type Weekday } from "./config/index.ts";
import { loadOnSchedule } from "./load-on-schedule.ts";
import type { Log } from "./log.ts";
import type { ChatPort } from "./message.ts";
import type { Metrics } from "./metrics/index.ts";
import type { Data } from "./open-data.ts";
import { type AccessRules, minimumCohort } from "./policy/index.ts";
import type { Hold, ReportContext, WallRule } from "./reports/index.ts";

/** INTERFACE, kpi.yaml: R.1-R.4, R.6, R.7, C.1-C.6, P.2, P.5, P.8, P.9, as far as the catalogue has them. */
const defaultScorecard = [
  "R.1",
  "R.2",
  "R.3",
  "R.4",
  "R.6",
  "R.7",
  "C.1",
  "C.2",
  "C.3",
  "C.4",
  "C.5",
  "C.6",
  "P.2",
  "P.5",
  "P.8",
  "P.9",
];

export function commandContext(
  config: Config,
  data: Data,
  log: Log,
  prefix: string,
): CommandContext {
  return {
    metrics: metricsOf(data),
    rules: accessRules(config),
    voice: { locale: config.company.locale, currency: config.company.currency },
    theme: config.company.theme,
    scorecard: scorecardMetrics(config, data),
    prefix,
    log,
  };
}

/** Whatever goes to chat, questions and reports, tells nothing of too few accounts. */
function chatCommands(config: Config, data: Data, log: Log): CommandContext {
  const context = commandContext(config, data, log, "/kpi");
  return { ...context, metrics: { ...context.metrics, discretion: minimumCohort } };
}

function metricsOf({ db, catalogue, settings }: Data): Metrics {
  return { db, catalogue, settings };
}

/** `ports` may be filled later, as the platforms come up. */
export function chatContext(
  config: Config,
  data: Data,
  log: Log,
  ports: ReadonlyMap<string, ChatPort>,
): ChatContext {
  const channels = Object.entries(config.company.channels);
  const quiet = channels.filter(([, { reply }]) => reply === "private").map(([name]) => name);
  return {
    ...chatCommands(config, data, log),
    privateChannels: new Set(quiet),
    facts: knownFacts(ports),
    flood: floodGuard(),
    sharing: shareGuard(),
  };
}

export function reportContext(
  config: Config,
  data: Data,
  log: Log,
  ports: ReadonlyMap<string, ChatPort>,
): ReportContext {
  const { scorecard, teams, channels, breakdowns } = config.company;
  return {
    ...chatCommands(config, data, log),
    metrics: { ...metricsOf(data), db: data.work, discretion: minimumCohort },
    ports,
    scorecard: {
      channels: scorecard.channels,
      metrics: scorecardMetrics(config, data),
      ...scorecardHold(config),
      muted: new Map(Object.entries(channels).map(([name, { muted }]) => [name, muted])),
    },
    teams: new Map(
      Object.entries(teams).map(([name, team]) => [
        name,
        { channels: team.channels, mention: team.mention ?? null },
      ]),
    ),
    sources: loadOnSchedule(config, data, log),
    breakdowns: weeklyRule(config, breakdowns),
    owner: config.company.owner ?? null,
  };
}

/** When the scorecard is due, and how long it may wait for late data. */
export function scorecardHold(config: Config): Hold {
  const { scorecard } = config.company;
  return { rule: weeklyRule(config, scorecard), holdUntil: scorecard.hold_until ?? null };
}

function weeklyRule({ company }: Config, { day, at }: { day: Weekday; at: string }): WallRule {
  return { weekday: isoWeekday(day), wallTime: at, timeZone: company.time_zone };
}

export function accessRules({ company }: Config): AccessRules {
  const viewers = company.viewers.sensitive;
  const channelsThat = (allow: "sensitive" | "guests" | "external"): Set<string> =>
    new Set(Object.keys(company.channels).filter((name) => company.channels[name]?.[allow]));
  return {
    sensitiveChannels: channelsThat("sensitive"),
    guestChannels: channelsThat("guests"),
    externalChannels: channelsThat("external"),
    sensitiveViewers: viewers === undefined ? null : new Set(viewers),
    operators: new Set(company.operators),
  };
}

/** Ids, from ids or codes, each once. */
export function scorecardMetrics(config: Config, { catalogue }: Data): string[] {
  const named = config.company.scorecard.metrics;
  const find = (name: string): string | undefined =>
    catalogue.metrics.find((metric) => metric.id === name || metric.codes.includes(name))?.id;
  if (named !== undefined) return [...new Set(named.map((name) => find(name) ?? name))];
  return defaultScorecard.map(find).filter((id) => id !== undefined);
}

/** The channels of a platform that kpi.yaml names anywhere, by the platform's own ids. */
export function configuredChannels({ company }: Config, platform: string): string[] {
  const named = [
    ...Object.values(company.teams).flatMap((team) => team.channels),
    ...Object.keys(company.channels),
    ...company.scorecard.channels,
  ];
  const ids = named
    .filter((name) => name.startsWith(`${platform}:`))
    .map((name) => name.slice(platform.length + 1));
  return [...new Set(ids)];
}
