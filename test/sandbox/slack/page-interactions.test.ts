import type { App } from "@slack/bolt";
import { beforeEach, describe, expect, test } from "vitest";
import { skipReason } from "../browsing.ts";
import { aPage } from "./a-page.ts";
import { aForm, aHome, plain } from "./some-views.ts";

const CHANNEL = "C0ALL";
const reason = skipReason();

const sure = {
  title: plain("Mute it?"),
  text: { type: "mrkdwn" as const, text: "*Nobody* will hear of it." },
  confirm: plain("Mute"),
  deny: plain("Keep"),
};
const button = (action_id: string, text: string) => ({
  type: "button" as const,
  action_id,
  text: plain(text),
  value: action_id,
});
const menu = {
  type: "static_select" as const,
  action_id: "by",
  placeholder: plain("Break down by"),
  options: [
    { text: plain("Tier"), value: "tier" },
    { text: plain("Region"), value: "region" },
    { text: plain("Error Rate, tenure weeks 1-13, by the region of the account"), value: "long" },
  ],
};
const elements = [button("explain", "Explain"), { ...button("mute", "Mute"), confirm: sure }, menu];

describe.skipIf(reason !== null)("on the page, in a real browser", () => {
  let heard: string[];
  /** What the app waits for before it acknowledges; and what it answers a submission with. */
  let gate: Promise<unknown>;
  let answer: "errors" | "push" | "close";
  beforeEach(() => {
    [heard, gate, answer] = [[], Promise.resolve(), "close"];
  });
  const on = aPage(listen, { shortcuts: [{ callbackId: "explain", name: "Explain this" }] });

  function listen(bolt: App) {
    bolt.command("/kpi", async ({ ack, say }) => {
      await ack();
      await say({ text: "41.2%", blocks: [{ type: "actions", elements }] });
    });
    bolt.action("explain", async ({ ack, body, client }) => {
      await gate;
      await ack();
      if ("trigger_id" in body)
        await client.views.open({ trigger_id: body.trigger_id, view: aForm() });
    });
    bolt.action(/mute|more|refresh/, async ({ ack, action }) => {
      await ack();
      if ("value" in action) heard.push(String(action.value));
    });
    bolt.action("by", async ({ ack, action }) => {
      await ack();
      if (action.type === "static_select") heard.push(action.selected_option.value);
    });
    bolt.view("explain", async ({ ack, view }) => {
      heard.push(view.state.values.why?.text?.value ?? "", view.state.values.how?.sure?.type ?? "");
      if (answer === "errors")
        await ack({ response_action: "errors", errors: { why: "Say a little more." } });
      else if (answer === "push") await ack({ response_action: "push", view: aForm("And then?") });
      else await ack();
    });
    bolt.view({ callback_id: "explain", type: "view_closed" }, async ({ ack }) => {
      await ack();
      heard.push("closed");
    });
    bolt.shortcut("explain", async ({ ack, shortcut, client }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: aForm("By shortcut") });
    });
    bolt.event("app_home_opened", async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: aHome() });
    });
    bolt.event("app_mention", async ({ event, say }) => {
      await say(`mentioned: ${event.text}`);
    });
    bolt.message(async ({ message, say }) => {
      if (message.channel_type === "im") await say("in private");
    });
  }

  const named = (name: string) => on.page.getByRole("button", { name, exact: true });
  const modal = () => on.page.locator("#modal[open]");

  async function openForm() {
    await on.type("/kpi adoption");
    await named("Explain").click();
    await modal().waitFor();
  }

  test("a button is busy and cannot be pressed again while the app is asked", async () => {
    const opened = Promise.withResolvers<void>();
    gate = opened.promise;
    await on.type("/kpi adoption");
    await named("Explain").click();
    await expect.poll(() => named("Explain").getAttribute("aria-busy")).toBe("true");
    expect(await named("Explain").isDisabled()).toBe(true);
    opened.resolve();
    await modal().waitFor();
    await expect.poll(() => on.page.locator("[aria-busy]").count()).toBe(0);
  });

  test("a button that asks whether one is sure does nothing on no and on Escape", async () => {
    await on.type("/kpi adoption");
    await named("Mute").click();
    const dialog = on.page.getByRole("dialog", { name: "Mute it?" });
    await dialog.getByRole("button", { name: "Keep" }).click();
    await named("Mute").click();
    await on.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(heard).toEqual([]);
    await named("Mute").click();
    await dialog.getByRole("button", { name: "Mute" }).click();
    await expect.poll(() => heard).toEqual(["mute"]);
  });

  test("a menu tells the app what was chosen", async () => {
    await on.type("/kpi adoption");
    await on.page.getByRole("combobox", { name: "Break down by" }).selectOption("region");
    await expect.poll(() => heard).toEqual(["region"]);
  });

  test("a form is filled and sent by the keyboard alone, and goes", async () => {
    await openForm();
    // The first input has the focus; the next is one Tab away.
    await on.page.keyboard.type("The campaign ended.");
    await on.page.keyboard.press("Tab");
    await on.page.keyboard.press("ArrowDown");
    await modal().getByRole("button", { name: "Save" }).focus();
    await on.page.keyboard.press("Enter");
    await modal().waitFor({ state: "hidden" });
    expect(heard).toEqual(["The campaign ended.", "static_select"]);
  });

  test("an empty input says so without the app, and what the app says stands at its input", async () => {
    answer = "errors";
    await openForm();
    await named("Save").click();
    await modal().getByText("Please complete this required field.").waitFor();
    expect(heard).toEqual([]);
    const input = modal().getByLabel("What happened?");
    await input.fill("x");
    await named("Save").click();
    await modal().getByText("Say a little more.").waitFor();
    expect(await input.getAttribute("aria-invalid")).toBe("true");
    expect(await input.inputValue()).toBe("x");
    expect(await on.page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
  });

  test("Escape closes the form and the app is told; a pushed one uncovers the first", async () => {
    answer = "push";
    await openForm();
    await modal().getByLabel("What happened?").fill("x");
    await named("Save").click();
    await on.page.getByRole("dialog", { name: "And then?" }).waitFor();
    await on.page.keyboard.press("Escape");
    await on.page.getByRole("dialog", { name: "Explain" }).waitFor();
    await on.page.keyboard.press("Escape");
    await modal().waitFor({ state: "hidden" });
    await on.slack.settled();
    expect(heard.filter((what) => what === "closed")).toHaveLength(2);
  });

  test("a form whose app does not answer stays with what was typed, and says so", async () => {
    await openForm();
    on.slack.faults.next("interaction", { kind: "lost" });
    await modal().getByLabel("What happened?").fill("a long story");
    await named("Save").click();
    await modal().getByText("We had some trouble connecting. Try again?").waitFor();
    expect(await modal().getByLabel("What happened?").inputValue()).toBe("a long story");
  });

  test("a form fits 400 pixels, and its buttons stay in sight", async () => {
    await on.page.setViewportSize({ width: 400, height: 500 });
    await openForm();
    const box = await modal().boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(400);
    expect(await named("Save").isVisible()).toBe(true);
    const foot = await modal().locator(".dialog-foot").boundingBox();
    expect((foot?.y ?? 0) + (foot?.height ?? 999)).toBeLessThanOrEqual(500);
    const sideways = await modal().evaluate((one) => one.scrollWidth - one.clientWidth);
    expect(sideways).toBe(0);
  });

  test("a menu with long words fits 400 pixels", async () => {
    await on.page.setViewportSize({ width: 400, height: 500 });
    await on.type("/kpi adoption");
    const box = await on.page.getByRole("combobox", { name: "Break down by" }).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(400);
  });

  test("a message's menu reaches the app", async () => {
    on.slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "Why did it drop?" });
    await on.page.locator(".message").hover();
    await on.page.getByRole("combobox", { name: "Message shortcuts" }).selectOption("explain");
    await on.page.getByRole("dialog", { name: "By shortcut" }).waitFor();
  });

  test("the app's own place has a home and takes words in private", async () => {
    await on.page.locator("#channels a", { hasText: "Throughline" }).click();
    await named("Home").click();
    await on.page.getByText("Your metrics").waitFor();
    expect(await on.page.locator("#composer").isVisible()).toBe(false);
    await named("Refresh").click();
    await expect.poll(() => heard).toEqual(["r"]);
    await named("Messages").click();
    await on.type("adoption");
    await on.page.locator("#messages .body", { hasText: "in private" }).waitFor();
  });

  test("a mention typed there reaches the app as one", async () => {
    await on.type("@Throughline adoption");
    const answered = on.page.locator("#messages .body", { hasText: "mentioned:" });
    await answered.waitFor();
    expect(await answered.textContent()).toBe("mentioned: @Throughline adoption");
  });

  test("a fault is planned there, met once, and seen by who asked", async () => {
    await named("Break something").click();
    await on.page.getByLabel("Where").selectOption("command");
    await on.page.getByLabel("What").selectOption({ label: "lost: only a retry arrives" });
    await named("The next time").click();
    await on.page.getByText('command: {"kind":"lost"}, 1 more').waitFor();
    await on.page.keyboard.press("Escape");
    await on.type("/kpi adoption");
    const told = on.page.locator("#messages").getByText("/kpi failed with the error");
    await told.waitFor();
    expect(await told.textContent()).toContain("operation_timeout");
    expect(on.slack.faults.count("command")).toBe(1);
  });
});
