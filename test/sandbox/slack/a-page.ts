import type { App } from "@slack/bolt";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect } from "vitest";
import type { SlackSandbox, SlackSandboxOptions } from "../../../sandbox/slack/index.ts";
import { browsing } from "../browsing.ts";
import { aBoltApp, type RunningApp } from "./a-bolt-app.ts";
import { aWorkspace } from "./a-workspace.ts";

interface OnPage {
  readonly slack: SlackSandbox;
  readonly page: Page;
  /** Types into the box and sends it. */
  type(text: string, place?: string): Promise<void>;
}

/** For each test a workspace with a Bolt app, and its page, loaded. Slack may have found no problem. */
export function aPage(
  listen: (bolt: App) => void,
  options: Partial<SlackSandboxOptions> = {},
): OnPage {
  const browser = browsing();
  let slack: SlackSandbox;
  let app: RunningApp;

  beforeEach(async () => {
    slack = await aWorkspace(options);
    app = await aBoltApp(slack, listen);
    await slack.connect(app.requestUrl);
    await browser.page.goto(slack.url);
    // The page fills itself after it has loaded: what is read at once must be there first.
    await browser.page.locator("#channels a", { hasText: "Throughline" }).waitFor();
  });
  afterEach(async () => {
    // Before its sandbox goes, of which it would complain.
    await browser.page.goto("about:blank");
    await slack.stop();
    await app.stop();
    expect(slack.problems()).toEqual([]);
  });

  return {
    get slack() {
      return slack;
    },
    get page() {
      return browser.page;
    },
    async type(text, place = "#composer") {
      await browser.page.locator(`${place} textarea`).fill(text);
      await browser.page.locator(`${place} textarea`).press("Enter");
    },
  };
}
