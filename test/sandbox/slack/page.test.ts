import type { App } from "@slack/bolt";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SlackSandbox } from "../../../sandbox/slack/index.ts";
import { type LaunchedBrowser, launchBrowser, noBrowserReason } from "../../support/browser.ts";
import { aBoltApp, type RunningApp } from "./a-bolt-app.ts";
import { aWorkspace } from "./a-workspace.ts";
import { answerWithEverything } from "./answer-with-everything.ts";

const CHANNEL = "C0ALL";
const reason = noBrowserReason();
if (reason) process.stderr.write(`skipped: ${reason}\n`);

describe.skipIf(reason !== null)("the page, in a real browser", () => {
  let launched: LaunchedBrowser;
  let slack: SlackSandbox;
  let app: RunningApp;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    launched = await launchBrowser();
  });
  afterAll(() => launched?.close());

  beforeEach(async () => {
    slack = await aWorkspace();
    app = await aBoltApp(slack, listen);
    await slack.connect(app.requestUrl);
    page = await launched.browser.newPage({ viewport: { width: 1280, height: 900 } });
    complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") complaints.push(line.text());
    });
    await page.goto(slack.url);
    // The page fills itself after it has loaded: what is read at once must be there first.
    await page.locator("#channels a", { hasText: "all-metrics" }).waitFor();
  });
  afterEach(async () => {
    await page.close();
    await slack.stop();
    await app.stop();
    expect(complaints).toEqual([]);
    expect(slack.problems()).toEqual([]);
  });

  function listen(bolt: App) {
    bolt.command("/kpi", async ({ ack, command, respond, client }) => {
      await ack();
      if (command.text === "everything") await answerWithEverything(client, command.channel_id);
      else await respond({ text: `*pong*, <@${command.user_id}>` });
    });
    bolt.action("why", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "It was mix.", response_type: "in_channel", replace_original: false });
    });
  }

  async function type(text: string, place = "#composer") {
    await page.locator(`${place} textarea`).fill(text);
    await page.locator(`${place} textarea`).press("Enter");
  }

  test("a command typed there is answered there, to the one who typed it", async () => {
    await type("/kpi ping");
    const answer = page.locator(".message.ephemeral");
    await answer.waitFor();
    expect(await answer.textContent()).toContain("Only visible to you");
    expect(await answer.locator(".body").textContent()).toBe("pong, @Ana Ruiz");
    expect(await answer.locator(".body strong").textContent()).toBe("pong");
    expect(await answer.locator(".badge").textContent()).toBe("APP");
    await page.getByRole("combobox", { name: "You are" }).selectOption("U0BEN");
    await page.locator("#messages .nothing").waitFor();
    expect(await page.locator(".message").count()).toBe(0);
  });

  test("every kind of block is laid out, with its picture seen", async () => {
    await type("/kpi everything");
    const message = page.locator("#messages .message");
    await message.locator(".block-actions").waitFor();
    expect(await message.locator("h3").textContent()).toBe("Adoption Rate, pro");
    expect(await message.locator(".fields .field").count()).toBe(4);
    const picture = message.locator(".block-image img");
    await expect
      .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBe(640);
    expect(await picture.getAttribute("alt")).toBe("Adoption over 26 weeks");
    expect(await message.locator("table").first().locator("tbody tr").count()).toBe(3);
    const pages = message.locator(".block-table").nth(1);
    expect(await pages.locator("caption").textContent()).toBe("Adoption by source");
    expect(await pages.locator("tbody tr").count()).toBe(5);
    await pages.getByRole("button", { name: "Next" }).click();
    expect(await pages.locator("tbody tr").first().textContent()).toContain("source 5");
    const chart = page.getByRole("img", { name: "line chart: Adoption, last 20 weeks" });
    expect(await chart.locator("circle").count()).toBe(40);
    expect(await message.locator(".block-context").textContent()).toContain("Data as of");
  });

  test("a thread opens beside the channel, takes a reply, and has an address", async () => {
    const head = slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "Why did it drop?" });
    slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "Anyone?", thread_ts: head });
    await page.getByRole("button", { name: "1 reply" }).click();
    await type("The campaign ended.", "#thread-composer");
    await page.getByRole("button", { name: "2 replies" }).waitFor();
    const said = page.locator("#thread-messages .message .body");
    await expect
      .poll(() => said.allInnerTexts())
      .toEqual(["Why did it drop?", "Anyone?", "The campaign ended."]);
    expect(slack.messages(CHANNEL).at(-1)).toMatchObject({
      threadTs: head,
      author: { user: "U0ANA" },
    });
    expect(new URL(page.url()).searchParams.get("thread")).toBe(head);
    await page.reload();
    await expect.poll(() => said.count()).toBe(3);
    await page.keyboard.press("Escape");
    await page.locator("#thread").waitFor({ state: "hidden" });
  });

  test("a button reaches the app, and its answer the channel", async () => {
    await type("/kpi everything");
    await page.getByRole("button", { name: "What moved it" }).click();
    await page.getByText("It was mix.").waitFor();
  });

  test("nothing that is written becomes markup", async () => {
    const attack =
      '<img src=x onerror="document.title=1"> <script>document.title=1</script> &amp; *b*';
    await type(attack);
    const body = page.locator("#messages .message .body");
    await body.waitFor();
    expect(await body.textContent()).toBe(attack.replace("*b*", "b"));
    expect(await body.locator("img, script").count()).toBe(0);
    expect(await page.title()).toBe("all-metrics · Sandbox");
  });

  test("who is not in a channel cannot see it or write there, and is told why", async () => {
    await page.locator("#channels a", { hasText: "leadership" }).waitFor();
    await page.goto(`${slack.url}?channel=C0LEAD&user=U0BEN`);
    await page.getByText("No such channel").waitFor();
    await page.goto(`${slack.url}?channel=C0OLD&user=U0BEN`);
    const box = page.locator("#composer textarea");
    await expect.poll(() => box.getAttribute("placeholder")).toBe("#old is archived.");
    expect(await box.isDisabled()).toBe(true);
  });

  test("at 400 pixels the channels are a choice and nothing sticks out", async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await type("/kpi everything");
    await page.locator("#messages .block-actions").waitFor();
    expect(await page.locator("#channels").isVisible()).toBe(false);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(400);
    const widest = await page
      .locator("#messages")
      .evaluate((list) => list.scrollWidth - list.clientWidth);
    expect(widest).toBe(0);
    await page.getByRole("combobox", { name: "Channel" }).selectOption("C0EXT");
    await page.locator("#channel-head", { hasText: "with-acme" }).waitFor();
  });

  test("everything can be reached by the keyboard alone", async () => {
    const stops: string[] = [];
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press("Tab");
      stops.push(
        await page.evaluate(
          () => document.activeElement?.id || document.activeElement?.tagName || "",
        ),
      );
    }
    expect(stops).toEqual(expect.arrayContaining(["A", "who", "messages", "TEXTAREA", "BUTTON"]));
  });
});
