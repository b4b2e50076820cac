import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type LaunchedBrowser, launchBrowser, noBrowserReason } from "../support/browser.ts";

/** Why the tests of a page are skipped, which is also told; null when they are not. */
export function skipReason(): string | null {
  const reason = noBrowserReason();
  if (reason) process.stderr.write(`skipped: ${reason}\n`);
  return reason;
}

/** For each test a page of a real browser; afterwards the browser may have complained of nothing. */
export function browsing(): { readonly page: Page } {
  let launched: LaunchedBrowser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    launched = await launchBrowser();
  });
  afterAll(() => launched?.close());

  beforeEach(async () => {
    complaints = [];
    page = await launched.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (line) => {
      // What a person may not do is refused with this status, and told to them on the page.
      const isRefusal = line.text().includes("status of 409");
      if (line.type() === "error" && !isRefusal) complaints.push(line.text());
    });
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  return {
    get page() {
      return page;
    },
  };
}
