/** What Slack says of the app, its tokens, its scopes and the channels that kpi.yaml names. */
import { type SlackExamination, type SlackRefusal, slackScopes } from "../../bot/index.ts";
import type { Environment } from "../../config/index.ts";
import { check, type Finding, fine, missing, wrong } from "./finding.ts";

/** `allowed`: the channels, `slack:C0ALL`, where kpi.yaml lets figures stand although others read. */
export function slackFindings(
  environment: Environment,
  { bot, socket, channels, people }: SlackExamination,
  allowed: ReadonlySet<string>,
): Finding[] {
  const channelOf = (id: string, look: ChannelLook): Finding =>
    channelFinding(`slack:${id}`, look, nameOf(bot), allowed);
  return [
    ...botFindings(bot),
    ...receiving(environment, socket),
    ...[...(channels ?? [])].map(([id, look]) => channelOf(id, look)),
    ...[...(people ?? [])].flatMap(([id, look]) => personFindings(id, look)),
  ];
}

function nameOf(bot: SlackExamination["bot"]): string {
  return bot?.ok ? `@${bot.value.name}` : "the bot";
}

function botFindings(bot: SlackExamination["bot"]): Finding[] {
  if (bot === null) return [];
  if (!bot.ok) return [refusedToken("SLACK_BOT_TOKEN", bot.fault)];
  const { name, team, scopes } = bot.value;
  const known = fine("SLACK_BOT_TOKEN", `Slack knows it: @${name} in ${team}`);
  if (scopes === null)
    return [
      known,
      check(
        "Slack scopes",
        "Slack did not say which the token has",
        "Compare the app's page, OAuth & Permissions, with: kpi manifest",
        1,
      ),
    ];
  const lacking = slackScopes.filter((scope) => !scopes.includes(scope));
  return [
    known,
    lacking.length === 0
      ? fine("Slack scopes", "all are there")
      : missing(
          "Slack scopes",
          `missing: ${lacking.join(", ")}`,
          `${pasteManifest} Then install the app again.`,
          1,
        ),
  ];
}

const pasteManifest = "Paste what kpi manifest prints into the app's page, App Manifest.";

function receiving(environment: Environment, socket: SlackExamination["socket"]): Finding[] {
  if (socket !== null) {
    if (socket.ok) return [fine("SLACK_APP_TOKEN", "Socket Mode: Slack opens a connection")];
    if (socket.fault.needed !== null || socket.fault.code === "missing_scope")
      return [
        wrong(
          "SLACK_APP_TOKEN",
          "it lacks the scope connections:write",
          "Make another under the app's page, Basic Information, App-Level Tokens, with that scope.",
          2,
        ),
      ];
    return [refusedToken("SLACK_APP_TOKEN", socket.fault)];
  }
  if (environment.SLACK_SIGNING_SECRET === undefined) return [];
  const { HOST, PORT } = environment;
  const said = `over HTTP, at http://${HOST}:${PORT}/slack/events; whether Slack's requests find their way there, and whether the signing secret is this app's, is seen only when one arrives`;
  return [
    check(
      "Slack's requests",
      said,
      "Give Slack the public address that leads there: kpi manifest --url https://<your address>/slack/events. Without a public address use SLACK_APP_TOKEN.",
      1,
    ),
  ];
}

/** By Slack's own words for a token; those of a proxy or of another server say nothing of it. */
function refusedToken(variable: string, { kind, code }: SlackRefusal): Finding {
  if (code === "ratelimited")
    return wrong(variable, `Slack is asked too often (${code})`, "Ask again in a minute.");
  if (kind === "refused" && code.startsWith("http_"))
    return wrong(
      variable,
      `what answers is not Slack (${code})`,
      "Correct SLACK_API_URL if it is set, which ends in /api/; else see what the proxy in between lets through.",
    );
  if (kind === "unreachable")
    return wrong(
      variable,
      `Slack does not answer (${code})`,
      "Check the network, and SLACK_API_URL if it is set.",
    );
  if (code === "forbidden_team")
    return wrong(
      variable,
      `Slack does not let the app into this workspace (${code})`,
      "Have an administrator of the workspace allow it, then install the app again.",
      2,
    );
  const where =
    variable === "SLACK_APP_TOKEN" ? "Basic Information, App-Level Tokens" : "OAuth & Permissions";
  const advice = tokenAdvice[code] ?? "Copy it again";
  return wrong(variable, `Slack refuses it (${code})`, `${advice}: ${where} on the app's page.`, 2);
}

const tokenAdvice: Readonly<Record<string, string>> = {
  malformed_token: "It has a character that no token has; copy it again",
  invalid_auth: "It is not a token of this Slack; copy it again",
  token_revoked: "It was revoked; install the app again and copy the new one",
  token_expired: "It has expired; turn token rotation off, install again and copy the new one",
  account_inactive: "The app was removed from the workspace; install it again and copy the new one",
  not_allowed_token_type: "It is a token of the other kind; copy the right one",
};

type ChannelLook =
  NonNullable<SlackExamination["channels"]> extends ReadonlyMap<string, infer L> ? L : never;

function channelFinding(
  about: string,
  look: ChannelLook,
  bot: string,
  allowed: ReadonlySet<string>,
): Finding {
  if (!look.ok) return refusedChannel(about, look.fault, bot);
  const { name, member, archived, external } = look.value;
  if (archived)
    return wrong(about, `#${name} is archived`, "Unarchive it, or name another in kpi.yaml.", 4);
  if (external && !allowed.has(about))
    return wrong(
      about,
      `#${name} is shared with another organisation: no figure goes there`,
      "Name a channel of your own in kpi.yaml, or write external: true for this one: then all but sensitive metrics are told there.",
      4,
    );
  if (!member)
    return missing(about, `the bot is not in #${name}`, `In #${name} type: /invite ${bot}`, 4);
  const others = external ? "; another organisation reads it too, as kpi.yaml allows" : "";
  return fine(about, `#${name}, the bot is in it${others}`);
}

function refusedChannel(about: string, { kind, code, needed }: SlackRefusal, bot: string): Finding {
  if (kind === "unreachable")
    return wrong(about, `Slack did not say (${code})`, "Ask again in a minute.");
  if (code === "missing_scope")
    return wrong(
      about,
      `Slack needs a scope to say (${needed ?? "channels:read"})`,
      `${pasteManifest} Then install the app again.`,
      1,
    );
  if (code === "channel_not_found")
    return wrong(
      about,
      "Slack shows the bot no such channel",
      `If it is private, type in it: /invite ${bot}. Else correct the id in kpi.yaml; the channel's details end with it.`,
      4,
    );
  return wrong(
    about,
    `Slack refuses to say (${code})`,
    "Look the code up in Slack's reference of conversations.info.",
    4,
  );
}

type PersonLook =
  NonNullable<SlackExamination["people"]> extends ReadonlyMap<string, infer L> ? L : never;

function personFindings(id: string, look: PersonLook): Finding[] {
  const about = `slack:${id}`;
  if (look.ok && look.value.active) return [];
  if (look.ok)
    return [
      wrong(about, "the owner has left the workspace", "Name another in kpi.yaml, owner.", 4),
    ];
  if (look.fault.code !== "user_not_found") return [];
  return [
    wrong(
      about,
      "Slack knows no such person, who is the owner",
      "Correct the id in kpi.yaml, owner; a person's profile has it under Copy member ID.",
      4,
    ),
  ];
}
