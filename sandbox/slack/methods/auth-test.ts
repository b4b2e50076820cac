import { answer, type Method } from "./method.ts";

export const authTest: Method = {
  name: "auth.test",
  scopes: [],
  acceptsJson: true,
  arguments: {},
  run({ workspace, origin }) {
    const { bot, team } = workspace;
    return answer({
      url: `${origin}/`,
      team: team.name,
      user: bot.name.toLowerCase(),
      team_id: team.id,
      user_id: bot.userId,
      bot_id: bot.botId,
      is_enterprise_install: false,
    });
  },
};
