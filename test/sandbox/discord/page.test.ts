import { readFileSync } from "node:fs";
import path from "node:path";
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  Events,
  type Interaction,
  MessageFlags,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
} from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DiscordSandbox } from "../../../sandbox/discord/index.ts";
import { browsing, skipReason } from "../browsing.ts";
import { ANA, aClient, aServer, BEN, CHANNEL } from "./a-server.ts";

const reason = skipReason();

const aPicture = readFileSync(path.join(import.meta.dirname, "../../golden/scorecard-one-row.png"));

describe.skipIf(reason !== null)("Discord's page, in a real browser", () => {
  const on = browsing();
  let sandbox: DiscordSandbox;
  let client: Client<true>;

  beforeEach(async () => {
    sandbox = await aServer({
      channels: [{ id: CHANNEL, name: "gtm", topic: "Ask here for a number." }],
      examples: ["/kpi adoption tier=pro", "/kpi help"],
    });
    client = await aClient(sandbox, (starting) =>
      starting.on(Events.InteractionCreate, (interaction) => void answer(interaction)),
    );
    const kpi = new SlashCommandBuilder().setName("kpi").setDescription("Numbers");
    kpi.addStringOption((option) => option.setName("ask").setDescription("What"));
    await client.application.commands.set([kpi]);
    await on.page.goto(sandbox.url);
    await on.page.locator("#composer textarea").waitFor();
  });
  afterEach(async () => {
    await on.page.goto("about:blank");
    await client.destroy();
    await sandbox.stop();
    expect(sandbox.problems()).toEqual([]);
  });

  async function answer(interaction: Interaction): Promise<void> {
    if (interaction.isChatInputCommand()) {
      const ask = interaction.options.getString("ask") ?? "";
      if (ask === "nothing") return;
      const flags = ask === "alone" ? ([MessageFlags.Ephemeral] as const) : [];
      const why = new ButtonBuilder().setCustomId("why").setLabel("Why?");
      const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
        why.setStyle(ButtonStyle.Primary),
      );
      const by = new StringSelectMenuBuilder().setCustomId("by").setPlaceholder("Break down");
      const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
        by.addOptions({ label: "Tier", value: "adoption by tier" }),
      );
      const components = [row, menu];
      await interaction.reply({ content: `**41.2%** of ${ask}`, components, flags });
    }
    if (interaction.isButton()) await interaction.reply("It was mix.");
    if (interaction.isStringSelectMenu())
      await interaction.reply(`Chosen: ${interaction.values.join(", ")}`);
  }
  async function type(text: string, place = "#composer") {
    await on.page.locator(`${place} textarea`).fill(text);
    await on.page.locator(`${place} textarea`).press("Enter");
  }
  const said = (text: string) => on.page.locator("#messages article", { hasText: text });

  test("shows a newcomer what the channel is for, and puts an example into the box", async () => {
    await on.page.getByText("Ask here for a number.").waitFor();
    const box = on.page.getByRole("textbox", { name: "Message #gtm" });
    expect(await box.getAttribute("placeholder")).toBe("Message #gtm, or /kpi adoption tier=pro");
    await on.page.getByRole("button", { name: "/kpi adoption tier=pro" }).click();
    expect(await box.inputValue()).toBe("/kpi adoption tier=pro");
    expect(sandbox.messages(CHANNEL)).toEqual([]);
    await on.page.keyboard.press("Enter");
    await said("41.2% of adoption tier=pro").waitFor();
    await expect.poll(() => on.page.locator("#spoken").textContent()).toContain("41.2%");
  });

  test("has buttons that act, and says when the app does not answer", async () => {
    await type("/kpi adoption");
    await on.page.getByRole("button", { name: "Why?" }).click();
    await said("It was mix.").waitFor();
    await type("/nonsense");
    await on.page.getByText("The app has no command /nonsense.").waitFor();
    await client.destroy();
    await type("/kpi adoption");
    await on.page.getByText("The application did not respond.").waitFor();
    expect(await on.page.locator("#composer textarea").inputValue()).toBe("/kpi adoption");
  });

  test("has menus in which a choice is told at once", async () => {
    await type("/kpi adoption");
    await on.page.getByLabel("Break down").selectOption("Tier");
    await said("Chosen: adoption by tier").waitFor();
  });

  test("shows what only one sees to that one", async () => {
    await type("/kpi alone");
    await said("Only you can see this").waitFor();
    await on.page.getByRole("combobox", { name: "You are" }).selectOption({ label: "ben" });
    await on.page.getByText("Nothing has been said here yet.").waitFor();
    expect(new URL(on.page.url()).searchParams.get("user")).toBe(BEN);
  });

  test("takes replies in a thread, and keeps what is being written there", async () => {
    const channel = await client.channels.fetch(CHANNEL);
    if (!channel?.isSendable()) throw new Error("no channel to write in");
    const head = await channel.send("Adoption fell.");
    await head.startThread({ name: "why" });
    const reply = on.page.getByRole("textbox", { name: "Reply in why" });
    await reply.fill("half a sen");
    sandbox.postAsUser({ channel: head.id, user: BEN, text: "The campaign ended." });
    await said("The campaign ended.").waitFor();
    expect(await reply.inputValue()).toBe("half a sen");
    await reply.fill("So it did.");
    await reply.press("Enter");
    await expect
      .poll(() => sandbox.messages(head.id).at(-1))
      .toMatchObject({ content: "So it did.", author: ANA });
  });

  test("leaves who reads earlier messages there when a picture arrives below", async () => {
    const channel = await client.channels.fetch(CHANNEL);
    if (!channel?.isSendable()) throw new Error("no channel to write in");
    for (let i = 0; i < 60; i++) sandbox.postAsUser({ channel: CHANNEL, user: BEN, text: `${i}` });
    const list = on.page.locator("#messages");
    await list.locator("article").nth(59).waitFor();
    await list.evaluate((place) => place.scrollTo({ top: 0 }));
    await channel.send({ files: [{ attachment: aPicture, name: "trend.png" }] });
    await expect
      .poll(() => list.locator("img").evaluate((image) => image.clientHeight))
      .toBeGreaterThan(0);
    await on.page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await list.evaluate((place) => place.scrollTop)).toBe(0);
  });

  test("fits 400 pixels, and makes nothing that is written markup", async () => {
    await on.page.setViewportSize({ width: 400, height: 800 });
    const attack = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    await type(attack);
    await said(attack).waitFor();
    await type("/kpi adoption");
    await said("41.2%").waitFor();
    expect(await on.page.title()).toBe("gtm · Sandbox");
    expect(await on.page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    const widest = await on.page
      .locator("#messages")
      .evaluate((list) => list.scrollWidth - list.clientWidth);
    expect(widest).toBe(0);
  });
});
