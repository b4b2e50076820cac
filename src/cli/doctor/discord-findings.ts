/** What Discord says of the token and of the channels that kpi.yaml names. */
import type { DiscordExamination } from "../../bot/index.ts";
import { check, type Finding, fine, wrong } from "./finding.ts";

export function discordFindings({ bot, channels }: DiscordExamination): Finding[] {
  if (!bot.ok) return [refusedToken(codeOf(bot.fault), bot.fault.kind === "refused")];
  const { connectsLeft } = bot.value;
  return [
    fine("DISCORD_TOKEN", "Discord knows it"),
    ...(connectsLeft < fewConnects
      ? [
          check(
            "Discord",
            `only ${connectsLeft} connections are left today`,
            "Find out what starts the bot again and again: at none Discord resets the token.",
          ),
        ]
      : []),
    ...[...(channels ?? [])].map(([id, look]) => {
      const about = `discord:${id}`;
      if (look.ok) return fine(about, `#${look.value.name}, the bot sees it`);
      const code = codeOf(look.fault);
      return wrong(
        about,
        `the bot does not see it (${code})`,
        channelAdvice[code] ?? "Ask again in a minute.",
        4,
      );
    }),
  ];
}

const fewConnects = 50;

/** By Discord's numbers. */
const channelAdvice: Readonly<Record<string, string>> = {
  "10003":
    "There is no such channel; correct the id in kpi.yaml (Copy Channel ID, in developer mode).",
  "50001":
    "Invite the bot to that server, and give it View Channel, Send Messages, Embed Links, Attach Files, Create Public Threads, Send Messages in Threads and Read Message History there.",
};

function refusedToken(code: string, refused: boolean): Finding {
  return refused
    ? wrong(
        "DISCORD_TOKEN",
        `Discord refuses it (${code})`,
        "Copy it again: Bot, Reset Token, on the application's page.",
        3,
      )
    : wrong(
        "DISCORD_TOKEN",
        `Discord does not answer (${code})`,
        "Check the network, and DISCORD_API_URL if it is set.",
      );
}

function codeOf(fault: { kind: string; code?: string }): string {
  return fault.code ?? fault.kind;
}
