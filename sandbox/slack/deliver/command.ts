import { post } from "../workspace/post.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { BotAnswer, BotLine } from "./delivery.ts";
import { grantFor } from "./grant.ts";
import { respond } from "./respond.ts";

export interface TypedCommand {
  channel: string;
  user: string;
  /** `/kpi` with its slash. */
  command: string;
  /** What follows it, escaped as Slack sends it. */
  text: string;
}

/** Brings a slash command to the bot, and shows in the channel what came of it. */
export async function deliverCommand(line: BotLine, typed: TypedCommand): Promise<void> {
  const { workspace, origin } = line;
  const { channel, user } = typed;
  const granted = grantFor(workspace, origin, { channel, user, original: null, threadTs: null });
  const answer = await line.request({
    kind: "command",
    payload: { ...commandFields(workspace, typed), ...granted },
    takesReply: true,
    withinMs: workspace.timing.ackMs,
  });
  const error = failureOf(answer);
  if (error) tellAlone(workspace, typed, `${typed.command} failed with the error "${error}"`);
  else showAnswer(workspace, typed, granted.response_url, answer);
}

function commandFields(workspace: Workspace, typed: TypedCommand): Record<string, string> {
  return {
    token: "",
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: typed.channel,
    channel_name: channelNameOf(workspace, typed.channel),
    user_id: typed.user,
    user_name: workspace.users.get(typed.user)?.name ?? typed.user,
    command: typed.command,
    text: typed.text,
    api_app_id: workspace.bot.appId,
    is_enterprise_install: "false",
  };
}

/** Slack does not give the names of private places away. */
function channelNameOf(workspace: Workspace, id: string): string {
  const channel = workspace.channels.get(id);
  if (channel?.kind === "im") return "directmessage";
  return channel?.kind === "group" ? "privategroup" : (channel?.name ?? id);
}

function failureOf(answer: BotAnswer): string | null {
  switch (answer.outcome) {
    case "acknowledged":
      return null;
    case "timeout":
      return "operation_timeout";
    case "unreachable":
      return "dispatch_failed";
    case "refused":
      return answer.status >= 500 ? "http_service_error" : "http_client_error";
  }
}

/** The acknowledgement may itself be an answer: plain words, or a message as JSON. */
function showAnswer(
  workspace: Workspace,
  typed: TypedCommand,
  responseUrl: string,
  answer: BotAnswer,
): void {
  if (answer.reply === null) return;
  const grant = workspace.grants.findResponse(responseUrl.slice(responseUrl.lastIndexOf("/") + 1));
  if (!grant) return;
  const where = `answer to ${typed.command}`;
  const error = respond({ workspace, grant, where }, answer.reply);
  if (error) tellAlone(workspace, typed, `${typed.command} failed with the error "${error}"`);
}

/** Slackbot says it to the one who typed. */
export function tellAlone(
  workspace: Workspace,
  to: { channel: string; user: string },
  text: string,
): void {
  post(workspace, {
    channel: to.channel,
    author: { kind: "slack" },
    text,
    visibleTo: to.user,
  });
}
