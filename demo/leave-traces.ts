/** What the demo does with the running bot, and what it leaves on disk. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { DiscordSandbox } from "../sandbox/discord/index.ts";
import type { SlackSandbox } from "../sandbox/slack/index.ts";
import { discordChannel, discordUser } from "./sandboxes.ts";

/** From nothing to the posts the first Monday computes 120 weeks: half a minute, minutes where the machine is busy. */
const MONDAY_MS = 600_000;

/** Until the scorecard stands with its picture and the thread has its line. */
export async function waitForMonday(slack: SlackSandbox): Promise<void> {
  await slack.waitFor(
    () => slack.messages("C0ALL").length >= 2 && pictures(slack, "scorecard").length >= 2,
    MONDAY_MS,
  );
}

/** Asks as a person would, on both platforms, and writes the pictures and the transcripts. */
export async function leaveTraces(
  folder: string,
  slack: SlackSandbox,
  discord: DiscordSandbox,
): Promise<string[]> {
  const question = "/kpi adoption tier=pro";
  await slack.typeCommand({ channel: "C0ALL", user: "U0ANA", text: question });
  await slack.waitFor(() => pictures(slack, "adoption_rate")[0], MONDAY_MS);
  await discord.typeCommand({ channel: discordChannel, user: discordUser, text: question });
  const answered = await discord.waitFor(
    () => discord.messages(discordChannel).flatMap((message) => message.attachments)[0],
    MONDAY_MS,
  );
  const [scorecard] = pictures(slack, "scorecard");
  const files: [string, Uint8Array | string][] = [
    ["scorecard.png", scorecard?.bytes ?? ""],
    ["adoption.png", answered.bytes],
    ["weekly-metrics.txt", slack.transcript("C0ALL")],
    ["product.txt", slack.transcript("C0PRD")],
    ["discord.txt", discord.transcript(discordChannel)],
  ];
  const paths = files.map(([name]) => path.join(folder, name));
  await Promise.all(files.map(([, content], i) => writeFile(paths[i] ?? "", content)));
  return paths;
}

function pictures(slack: SlackSandbox, begins: string) {
  return slack
    .state()
    .files.filter((file) => file.name.startsWith(begins) && file.complete && file.bytes !== null);
}
