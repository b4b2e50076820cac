import { examineDiscord, examineSlack } from "../../bot/index.ts";
import type { Survey } from "../../config/index.ts";
import { accessRules, configuredChannels } from "../../contexts.ts";
import type { Log } from "../../log.ts";
import { openCatalogue } from "../../open-data.ts";
import { configFindings } from "./config-findings.ts";
import { databaseFindings } from "./database-findings.ts";
import { discordFindings } from "./discord-findings.ts";
import type { Finding, Findings } from "./finding.ts";
import { lookAtDatabase } from "./look-at-database.ts";
import { lookAtPictures } from "./look-at-pictures.ts";
import { lookAtSources } from "./look-at-sources.ts";
import { lookAtWatch } from "./look-at-watch.ts";
import { slackFindings } from "./slack-findings.ts";

/** Looks at everything, whatever is wrong with the rest of it. Posts and changes nothing. */
export async function examine(
  survey: Survey,
  now: Temporal.Instant,
  log: Log,
  signal: AbortSignal = new AbortController().signal,
): Promise<Findings> {
  const { config } = survey;
  const catalogue = await openCatalogue(config);
  const [database, sources, Pictures, Slack, Discord] = await Promise.all([
    lookAtDatabase(config, catalogue.ok ? catalogue.value : null, now, log, signal).then(
      databaseFindings,
    ),
    whileWanted(lookAtSources(survey, log, signal), signal),
    lookAtPictures(config),
    whileWanted(lookAtSlack(survey, log), signal),
    whileWanted(lookAtDiscord(survey), signal),
  ]);
  const Data = [...database, ...sources];
  const Settings = [...configFindings(survey, catalogue), await lookAtWatch(config)];
  return { Settings, Data, Slack, Discord, Pictures };
}

/** A platform that does not answer is not waited for by whoever has pressed Ctrl-C. */
function whileWanted(
  findings: Promise<Finding[]>,
  signal: AbortSignal | undefined,
): Promise<Finding[]> {
  const unwanted = new Promise<Finding[]>((done) =>
    signal?.addEventListener("abort", () => done([]), { once: true }),
  );
  return Promise.race([findings, unwanted]);
}

async function lookAtSlack({ config, environment }: Survey, log: Log): Promise<Finding[]> {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = environment;
  const owner = /^slack:(.+)$/.exec(config.company.owner ?? "")?.[1];
  const seen = await examineSlack({
    botToken: SLACK_BOT_TOKEN ?? null,
    appToken: SLACK_APP_TOKEN ?? null,
    apiUrl: SLACK_API_URL,
    channels: configuredChannels(config, "slack"),
    people: owner === undefined ? [] : [owner],
    log,
  });
  return slackFindings(environment, seen, accessRules(config).externalChannels);
}

async function lookAtDiscord({ config, environment }: Survey): Promise<Finding[]> {
  const { DISCORD_TOKEN, DISCORD_API_URL } = environment;
  if (DISCORD_TOKEN === undefined) return [];
  const channels = configuredChannels(config, "discord");
  return discordFindings(await examineDiscord(DISCORD_TOKEN, DISCORD_API_URL, channels));
}
