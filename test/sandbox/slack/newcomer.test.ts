import type { App } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { skipReason } from "../browsing.ts";
import { aPage } from "./a-page.ts";

const CHANNEL = "C0ALL";
const reason = skipReason();

const channels = [
  { id: CHANNEL, name: "all-metrics", purpose: "The scorecard comes here on Monday." },
  { id: "C0OLD", name: "old", archived: true },
];
const examples = ["/kpi adoption tier=pro", "/kpi help"];

describe.skipIf(reason !== null)("whoever opens the page for the first time", () => {
  const on = aPage(listen, { channels, examples });

  function listen(bolt: App) {
    bolt.command("/kpi", async ({ ack, say }) => {
      await ack();
      const button = { type: "plain_text" as const, text: "Why?" };
      await say({
        text: "*41.2%*",
        blocks: [
          { type: "section", text: { type: "mrkdwn", text: "*41.2%*" } },
          { type: "actions", elements: [{ type: "button", action_id: "why", text: button }] },
        ],
      });
    });
    bolt.action("why", async ({ ack }) => ack());
    bolt.message(async () => {});
  }
  const box = () => on.page.locator("#composer textarea");
  const boxValue = () => box().inputValue();

  test("reads what comes here, and what may be typed", async () => {
    await on.page.locator("#messages").getByText("The scorecard comes here on Monday.").waitFor();
    expect(await box().getAttribute("placeholder")).toBe(
      "Message all-metrics, or /kpi adoption tier=pro",
    );
    expect(await box().getAttribute("aria-label")).toBe("Message all-metrics");
    const offered = on.page.getByRole("group", { name: "Examples" }).getByRole("button");
    expect(await offered.allInnerTexts()).toEqual(examples);
  });

  test("puts an example into the box, where it can be changed before it is sent", async () => {
    await on.page.getByRole("button", { name: "/kpi adoption tier=pro" }).click();
    expect(await boxValue()).toBe("/kpi adoption tier=pro");
    expect(on.slack.messages(CHANNEL)).toEqual([]);
    await on.page.keyboard.type(",free");
    await on.page.keyboard.press("Enter");
    await on.page.getByRole("button", { name: "Why?" }).waitFor();
    expect(on.slack.acks()[0]).toMatchObject({ kind: "command", outcome: "acknowledged" });
  });

  test("is offered the words without the command where the app takes them so", async () => {
    await on.page.locator("#channels a", { hasText: "Throughline" }).click();
    await on.page.getByRole("button", { name: "adoption tier=pro", exact: true }).click();
    expect(await boxValue()).toBe("adoption tier=pro");
  });

  test("is offered nothing where nothing can be written", async () => {
    await on.page.locator("#channels a", { hasText: "old" }).click();
    await expect.poll(() => box().isDisabled()).toBe(true);
    expect(await on.page.locator("#examples").isVisible()).toBe(false);
  });

  test("hears what is new, and only that", async () => {
    const spoken = on.page.locator("#spoken");
    on.slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "One & *two*" });
    await expect.poll(() => spoken.textContent()).toBe("Ben Okafor: One & two");
    await on.page.reload();
    await on.page.locator(".message").waitFor();
    expect(await spoken.textContent()).toBe("");
  });

  test("keeps the focus and the place while others write", async () => {
    await on.type("/kpi adoption");
    const why = on.page.getByRole("button", { name: "Why?" });
    await why.focus();
    on.slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "and then?" });
    await on.page.locator("#messages").getByText("and then?").waitFor();
    expect(await why.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  test("skips to the box with the first key", async () => {
    await on.page.keyboard.press("Tab");
    await on.page.keyboard.press("Enter");
    await on.page.keyboard.press("Tab");
    expect(await box().evaluate((one) => one === document.activeElement)).toBe(true);
  });

  test("sees the latest hundred messages, and the earlier ones when they are asked for", async () => {
    for (let said = 1; said <= 130; said += 1)
      on.slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: `message ${said}.` });
    const messages = on.page.locator("#messages .message");
    await expect.poll(() => messages.last().textContent()).toContain("message 130.");
    expect(await messages.count()).toBe(100);
    await on.page.getByRole("button", { name: "Show earlier" }).click();
    await expect.poll(() => messages.count()).toBe(130);
    expect(await on.page.getByRole("button", { name: "Show earlier" }).count()).toBe(0);
    expect(await on.page.evaluate(() => document.activeElement?.id)).toBe("messages");
  });
});
