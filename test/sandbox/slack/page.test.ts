import type { App } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { skipReason } from "../browsing.ts";
import { aPage } from "./a-page.ts";
import { answerWithEverything } from "./answer-with-everything.ts";

const CHANNEL = "C0ALL";
const reason = skipReason();

describe.skipIf(reason !== null)("the page, in a real browser", () => {
  const on = aPage(listen);

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

  test("a command typed there is answered there, to the one who typed it", async () => {
    await on.type("/kpi ping");
    const answer = on.page.locator(".message.ephemeral");
    await answer.waitFor();
    expect(await answer.textContent()).toContain("Only visible to you");
    expect(await answer.locator(".body").textContent()).toBe("pong, @Ana Ruiz");
    expect(await answer.locator(".body strong").textContent()).toBe("pong");
    expect(await answer.locator(".badge").textContent()).toBe("APP");
    await on.page.getByRole("combobox", { name: "You are" }).selectOption("U0BEN");
    await on.page.locator("#messages .nothing").waitFor();
    expect(await on.page.locator(".message").count()).toBe(0);
  });

  test("every kind of block is laid out, with its picture seen", async () => {
    await on.type("/kpi everything");
    const message = on.page.locator("#messages .message");
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
    const chart = on.page.getByRole("img", { name: "line chart: Adoption, last 20 weeks" });
    expect(await chart.locator("circle").count()).toBe(40);
    expect(await message.locator(".block-context").textContent()).toContain("Data as of");
  });

  test("a thread opens beside the channel, takes a reply, and has an address", async () => {
    const head = on.slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "Why did it drop?" });
    on.slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "Anyone?", thread_ts: head });
    await on.page.getByRole("button", { name: "1 reply" }).click();
    await on.type("The campaign ended.", "#thread-composer");
    await on.page.getByRole("button", { name: "2 replies" }).waitFor();
    const said = on.page.locator("#thread-messages .message .body");
    await expect
      .poll(() => said.allInnerTexts())
      .toEqual(["Why did it drop?", "Anyone?", "The campaign ended."]);
    expect(on.slack.messages(CHANNEL).at(-1)).toMatchObject({
      threadTs: head,
      author: { user: "U0ANA" },
    });
    expect(new URL(on.page.url()).searchParams.get("thread")).toBe(head);
    await on.page.reload();
    await expect.poll(() => said.count()).toBe(3);
    await on.page.keyboard.press("Escape");
    await on.page.locator("#thread").waitFor({ state: "hidden" });
  });

  test("a button reaches the app, and its answer the channel", async () => {
    await on.type("/kpi everything");
    await on.page.getByRole("button", { name: "What moved it" }).click();
    await on.page.locator("#messages").getByText("It was mix.").waitFor();
  });

  test("nothing that is written becomes markup", async () => {
    const attack =
      '<img src=x onerror="document.title=1"> <script>document.title=1</script> &amp; *b*';
    await on.type(attack);
    const body = on.page.locator("#messages .message .body");
    await body.waitFor();
    expect(await body.textContent()).toBe(attack.replace("*b*", "b"));
    expect(await body.locator("img, script").count()).toBe(0);
    expect(await on.page.title()).toBe("all-metrics · Sandbox");
  });

  test("who is not in a channel cannot see it or write there, and is told why", async () => {
    await on.page.locator("#channels a", { hasText: "leadership" }).waitFor();
    await on.page.goto(`${on.slack.url}?channel=C0LEAD&user=U0BEN`);
    await on.page.getByText("No such channel").waitFor();
    await on.page.goto(`${on.slack.url}?channel=C0OLD&user=U0BEN`);
    const box = on.page.locator("#composer textarea");
    await expect.poll(() => box.getAttribute("placeholder")).toBe("#old is archived.");
    expect(await box.isDisabled()).toBe(true);
  });

  test("at 400 pixels the channels are a choice and nothing sticks out", async () => {
    await on.page.setViewportSize({ width: 400, height: 800 });
    await on.type("/kpi everything");
    await on.page.locator("#messages .block-actions").waitFor();
    expect(await on.page.locator("#channels").isVisible()).toBe(false);
    const width = await on.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(400);
    const widest = await on.page
      .locator("#messages")
      .evaluate((list) => list.scrollWidth - list.clientWidth);
    expect(widest).toBe(0);
    await on.page.getByRole("combobox", { name: "Channel" }).selectOption("C0EXT");
    await on.page.locator("#channel-head", { hasText: "with-acme" }).waitFor();
  });

  test("everything can be reached by the keyboard alone", async () => {
    const stops: string[] = [];
    for (let press = 0; press < 12; press += 1) {
      await on.page.keyboard.press("Tab");
      stops.push(
        await on.page.evaluate(
          () => document.activeElement?.id || document.activeElement?.tagName || "",
        ),
      );
    }
    expect(stops).toEqual(expect.arrayContaining(["A", "who", "messages", "TEXTAREA", "BUTTON"]));
  });

  test("what is said meanwhile takes nobody's place in the list of channels", async () => {
    const link = on.page.locator("#channels a", { hasText: "leadership" });
    await link.focus();
    on.slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "Why did it drop?" });
    await on.page.locator("#messages").getByText("Why did it drop?").waitFor();
    expect(await link.evaluate((it) => it === document.activeElement)).toBe(true);
  });
});
