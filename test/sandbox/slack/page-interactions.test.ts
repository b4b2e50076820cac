import type { App } from "@slack/bolt";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SlackSandbox } from "../../../sandbox/slack/index.ts";
import { type LaunchedBrowser, launchBrowser, noBrowserReason } from "../../support/browser.ts";
import { aBoltApp, type RunningApp } from "./a-bolt-app.ts";
import { aWorkspace } from "./a-workspace.ts";
import { aForm, aHome, plain } from "./some-views.ts";

const CHANNEL = "C0ALL";
const reason = noBrowserReason();
if (reason) process.stderr.write(`skipped: ${reason}\n`);

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
  ],
};
const elements = [button("explain", "Explain"), { ...button("mute", "Mute"), confirm: sure }, menu];

describe.skipIf(reason !== null)("on the page, in a real browser", () => {
  let launched: LaunchedBrowser;
  let slack: SlackSandbox;
  let app: RunningApp;
  let page: Page;
  let heard: string[];
  /** What the app waits for before it acknowledges; and what it answers a submission with. */
  let gate: Promise<unknown>;
  let answer: "errors" | "push" | "close";
  let complaints: string[];

  beforeAll(async () => {
    launched = await launchBrowser();
  });
  afterAll(() => launched?.close());

  beforeEach(async () => {
    [heard, complaints, gate, answer] = [[], [], Promise.resolve(), "close"];
    slack = await aWorkspace({ shortcuts: [{ callbackId: "explain", name: "Explain this" }] });
    app = await aBoltApp(slack, listen);
    await slack.connect(app.requestUrl);
    page = await launched.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") complaints.push(line.text());
    });
    await page.goto(slack.url);
    await page.locator("#channels a", { hasText: "Throughline" }).waitFor();
  });
  afterEach(async () => {
    await page.close();
    await slack.stop();
    await app.stop();
    expect(complaints).toEqual([]);
    expect(slack.problems()).toEqual([]);
  });

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

  async function type(text: string) {
    await page.locator("#composer textarea").fill(text);
    await page.locator("#composer textarea").press("Enter");
  }
  const named = (name: string) => page.getByRole("button", { name, exact: true });
  const modal = () => page.locator("#modal[open]");

  async function openForm() {
    await type("/kpi adoption");
    await named("Explain").click();
    await modal().waitFor();
  }

  test("a button is busy and cannot be pressed again while the app is asked", async () => {
    const opened = Promise.withResolvers<void>();
    gate = opened.promise;
    await type("/kpi adoption");
    await named("Explain").click();
    await expect.poll(() => named("Explain").getAttribute("aria-busy")).toBe("true");
    expect(await named("Explain").isDisabled()).toBe(true);
    opened.resolve();
    await modal().waitFor();
    await expect.poll(() => page.locator("[aria-busy]").count()).toBe(0);
  });

  test("a button that asks whether one is sure does nothing on no and on Escape", async () => {
    await type("/kpi adoption");
    await named("Mute").click();
    const dialog = page.getByRole("dialog", { name: "Mute it?" });
    await dialog.getByRole("button", { name: "Keep" }).click();
    await named("Mute").click();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(heard).toEqual([]);
    await named("Mute").click();
    await dialog.getByRole("button", { name: "Mute" }).click();
    await expect.poll(() => heard).toEqual(["mute"]);
  });

  test("a menu tells the app what was chosen", async () => {
    await type("/kpi adoption");
    await page.getByRole("combobox", { name: "Break down by" }).selectOption("region");
    await expect.poll(() => heard).toEqual(["region"]);
  });

  test("a form is filled and sent by the keyboard alone, and goes", async () => {
    await openForm();
    // The first input has the focus; the next is one Tab away.
    await page.keyboard.type("The campaign ended.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await modal().getByRole("button", { name: "Save" }).focus();
    await page.keyboard.press("Enter");
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
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
  });

  test("Escape closes the form and the app is told; a pushed one uncovers the first", async () => {
    answer = "push";
    await openForm();
    await modal().getByLabel("What happened?").fill("x");
    await named("Save").click();
    await page.getByRole("dialog", { name: "And then?" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Explain" }).waitFor();
    await page.keyboard.press("Escape");
    await modal().waitFor({ state: "hidden" });
    await slack.settled();
    expect(heard.filter((what) => what === "closed")).toHaveLength(2);
  });

  test("a form whose app does not answer stays with what was typed, and says so", async () => {
    await openForm();
    slack.faults.next("interaction", { kind: "lost" });
    await modal().getByLabel("What happened?").fill("a long story");
    await named("Save").click();
    await modal().getByText("We had some trouble connecting. Try again?").waitFor();
    expect(await modal().getByLabel("What happened?").inputValue()).toBe("a long story");
  });

  test("a form fits 400 pixels, and its buttons stay in sight", async () => {
    await page.setViewportSize({ width: 400, height: 500 });
    await openForm();
    const box = await modal().boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(400);
    expect(await named("Save").isVisible()).toBe(true);
    const foot = await modal().locator(".dialog-foot").boundingBox();
    expect((foot?.y ?? 0) + (foot?.height ?? 999)).toBeLessThanOrEqual(500);
    const sideways = await modal().evaluate((one) => one.scrollWidth - one.clientWidth);
    expect(sideways).toBe(0);
  });

  test("a message's menu reaches the app", async () => {
    slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "Why did it drop?" });
    await page.locator(".message").hover();
    await page.getByRole("combobox", { name: "Message shortcuts" }).selectOption("explain");
    await page.getByRole("dialog", { name: "By shortcut" }).waitFor();
  });

  test("the app's own place has a home and takes words in private", async () => {
    await page.locator("#channels a", { hasText: "Throughline" }).click();
    await named("Home").click();
    await page.getByText("Your metrics").waitFor();
    expect(await page.locator("#composer").isVisible()).toBe(false);
    await named("Refresh").click();
    await expect.poll(() => heard).toEqual(["r"]);
    await named("Messages").click();
    await type("adoption");
    await page.locator("#messages .body", { hasText: "in private" }).waitFor();
  });

  test("a mention typed there reaches the app as one", async () => {
    await type("@Throughline adoption");
    const answered = page.locator("#messages .body", { hasText: "mentioned:" });
    await answered.waitFor();
    expect(await answered.textContent()).toBe("mentioned: @Throughline adoption");
  });

  test("a fault is planned there, met once, and seen by who asked", async () => {
    await named("Break something").click();
    await page.getByLabel("Where").selectOption("command");
    await page.getByLabel("What").selectOption({ label: "lost: only a retry arrives" });
    await named("The next time").click();
    await page.getByText('command: {"kind":"lost"}, 1 more').waitFor();
    await page.keyboard.press("Escape");
    await type("/kpi adoption");
    await page.getByText('/kpi failed with the error "operation_timeout"').waitFor();
    expect(slack.faults.count("command")).toBe(1);
  });
});
