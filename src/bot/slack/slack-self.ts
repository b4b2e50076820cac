import { z } from "zod";
import type { ChatFault } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import type { SlackCall } from "./slack-call.ts";

/** Who the bot is in Slack. */
export interface SlackSelf {
  botId: string;
  userId: string;
  teamId: string;
  enterpriseId: string | null;
}

/** Also the check that Slack knows the token: `refused` with Slack's word if it does not. */
export async function slackSelf(call: SlackCall): Promise<Result<SlackSelf, ChatFault>> {
  const known = await call("auth.test", {}, authAnswer);
  if (!known.ok) return known;
  const { bot_id, user_id, team_id, enterprise_id } = known.value;
  return ok({
    botId: bot_id,
    userId: user_id,
    teamId: team_id,
    enterpriseId: enterprise_id ?? null,
  });
}

const authAnswer = z.object({
  bot_id: z.string(),
  user_id: z.string(),
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
});
