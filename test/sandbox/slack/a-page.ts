import type { App } from "@slack/bolt";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { SlackSandbox, SlackSandboxOptions } from "../../../sandbox/slack/index.ts";
import { type LaunchedBrowser, launchBrowser, noBrowserReason } from "../../support/browser.ts";
import { aBoltApp, type RunningApp } from "./a-bolt-app.ts";
import { aWorkspace } from "./a-workspace.ts";

/** Why the tests of the page are skipped, which is also told; null when they are not. */
export function skipReason(): string | null {
  const reason = noBrowserReason();
  if (reason) process.stderr.write(`skipped: ${reason}\n`);
  return reason;
}

export interface OnPage {
  slack: SlackSandbox;
  page: Page;
  /** Types into the box and sends it. */
  type(text: string, place?: string): Promise<void>;
}

/**
 * For each test a workspace with a Bolt app, and its page, loaded, in a real browser. Afterwards
 * nothing may have been complained of, by the browser or by Slack.
 */
export function aPage(
  listen: (bolt: App) => void,
  options: Partial<SlackSandboxOptions> = {},
): OnPage {
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
    complaints = [];
    slack = await aWorkspace(options);
    app = await aBoltApp(slack, listen);
    await slack.connect(app.requestUrl);
    page = await launched.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") complaints.push(line.text());
    });
    await page.goto(slack.url);
    // The page fills itself after it has loaded: what is read at once must be there first.
    await page.locator("#channels a", { hasText: "Throughline" }).waitFor();
  });
  afterEach(async () => {
    await page.close();
    await slack.stop();
    await app.stop();
    expect(complaints).toEqual([]);
    expect(slack.problems()).toEqual([]);
  });

  return {
    get slack() {
      return slack;
    },
    get page() {
      return page;
    },
    async type(text, place = "#composer") {
      await page.locator(`${place} textarea`).fill(text);
      await page.locator(`${place} textarea`).press("Enter");
    },
  };
}
