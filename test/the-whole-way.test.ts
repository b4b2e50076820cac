import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DiscordSandbox, startDiscordSandbox } from "../sandbox/discord/index.ts";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { startClock } from "../src/clock.ts";
import { loadConfig } from "../src/config/index.ts";
import { silentLog } from "../src/log.ts";
import { startThroughline, type Throughline } from "../src/main.ts";
import { refresh } from "../src/metrics/index.ts";
import { type LaunchedBrowser, launchBrowser, noBrowserReason } from "./support/browser.ts";
import type { FreshDatabase } from "./support/database.ts";
import { MONDAY, smallCompany } from "./support/small-company.ts";

const discordChannel = "2000000000000000001";
const discordUser = "3000000000000000001";
const company = `
channels:
  slack:C0LEAD: { sensitive: true }
  discord:${discordChannel}: {}
`;

/** A share with what it is made of; Discord shows a point as escaped. */
const answered = /\d+\\?\.\d%.*\(\d+ of \d+\)/s;

let database: FreshDatabase;
let slack: SlackSandbox;
let discord: DiscordSandbox;
let bot: Throughline;
let folder = "";

beforeAll(async () => {
  database = await smallCompany();
  folder = await mkdtemp(path.join(tmpdir(), "whole-way-"));
  await writeFile(path.join(folder, "kpi.yaml"), company);
  const clock = startClock(Temporal.Instant.from(`${MONDAY}T10:00:00Z`));
  const now = (): Date => new Date(clock().epochMilliseconds);
  slack = await startSlackSandbox({
    signingSecret: "signing",
    botToken: "xoxb-way",
    now,
    channels: [
      { id: "C0ALL", name: "all" },
      { id: "C0LEAD", name: "leadership" },
    ],
    users: [{ id: "U0ANA", name: "ana" }],
  });
  discord = await startDiscordSandbox({
    botToken: "discord-way",
    now,
    channels: [{ id: discordChannel, name: "all" }],
    users: [{ id: discordUser, name: "ana" }],
  });
  const config = loadConfig(
    {
      DATABASE_URL: database.url,
      KPI_DATA_DIR: folder,
      KPI_NOW: clock().toString(),
      PORT: "0",
      ADMIN_PORT: "0",
      SLACK_BOT_TOKEN: "xoxb-way",
      SLACK_SIGNING_SECRET: "signing",
      SLACK_API_URL: slack.apiUrl,
      DISCORD_TOKEN: "discord-way",
      DISCORD_API_URL: discord.apiUrl,
    },
    folder,
  );
  if (!config.ok) throw new Error(JSON.stringify(config.fault));
  const started = await startThroughline(config.value, silentLog, clock);
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  bot = started.value;
  await refresh(bot.data.work, bot.data.settings, bot.data.catalogue);
  await slack.connect(`${bot.slackAddress}/slack/events`);
}, 240_000);

afterAll(async () => {
  await bot?.stop();
  expect(slack.problems()).toEqual([]);
  expect(discord.problems()).toEqual([]);
  await Promise.all([slack?.stop(), discord?.stop()]);
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

test("a question on Discord is answered with text and picture", async () => {
  await discord.typeCommand({
    channel: discordChannel,
    user: discordUser,
    text: "/kpi adoption tier=pro",
  });
  const picture = await discord.waitFor(
    () => discord.messages(discordChannel).flatMap((message) => message.attachments)[0],
    30_000,
  );
  expect(picture.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(discord.transcript(discordChannel)).toMatch(answered);
});

const reason = noBrowserReason();
if (reason !== null) process.stderr.write(`skipped: ${reason}\n`);

describe.skipIf(reason !== null)("in the browser, on the page of the sandbox", () => {
  let browser: LaunchedBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${slack.url}?channel=C0ALL&user=U0ANA`);
  });
  afterAll(() => browser?.close());

  async function type(line: string): Promise<void> {
    await page.getByPlaceholder(/Message/).fill(line);
    await page.getByPlaceholder(/Message/).press("Enter");
  }

  test("a question typed in the box is answered with number, verdict and a chart that is drawn", async () => {
    await type("/kpi adoption tier=pro");
    const picture = page.locator("#messages .message .block-image img").last();
    await picture.waitFor({ timeout: 30_000 });
    const width = await picture.evaluate((image) =>
      image instanceof HTMLImageElement ? image.decode().then(() => image.naturalWidth) : 0,
    );
    expect(width).toBe(1200);
    const message = page.locator("#messages .message").last();
    expect(await message.textContent()).toMatch(answered);
    expect(await message.textContent()).toMatch(/Routine|Signal|Continuing|Run|Seasonal/);
    expect(await picture.getAttribute("alt")).toMatch(/Adoption Rate .*%/);
  });

  test("a typo is answered with the nearest name, to the asker alone", async () => {
    await type("/kpi adpotion");
    await page.getByText("adoption_rate").last().waitFor({ timeout: 20_000 });
    expect(await page.locator("#messages .message.ephemeral").last().textContent()).toContain(
      "adpotion",
    );
  });

  test("money is refused here and told in the channel that may see it", async () => {
    await type("/kpi mrr");
    await page.getByText("is not shown in this channel").last().waitFor({ timeout: 20_000 });
    expect(await page.locator("#messages").textContent()).not.toContain("$");
    await page.goto(`${slack.url}?channel=C0LEAD&user=U0ANA`);
    await type("/kpi mrr");
    await page.getByText(/\$\d/).first().waitFor({ timeout: 20_000 });
  });
});
