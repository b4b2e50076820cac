/** Plays the demo's Monday and takes the pictures of docs/demo.md: `npm run pictures`. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runDemo } from "../demo/run-demo.ts";
import { launchBrowser, noBrowserReason } from "../test/support/browser.ts";

const reason = noBrowserReason();
if (reason !== null) throw new Error(reason);
const folder = path.join(import.meta.dirname, "../docs/pictures");
await mkdir(folder, { recursive: true });
const cwd = await mkdtemp(path.join(tmpdir(), "throughline-pictures-"));
const demo = await runDemo({
  cwd,
  port: 0,
  socket: false,
  say: (line) => console.log(line),
  signal: new AbortController().signal,
});
if (!demo.ok) throw new Error(demo.fault);
const { slack, discord, stop } = demo.value;
const browser = await launchBrowser();

async function take(
  name: string,
  address: string,
  size: { width: number; height: number },
): Promise<void> {
  const page = await browser.browser.newPage({ viewport: size, deviceScaleFactor: 1 });
  await page.goto(address);
  // The page draws itself when its messages have come; a picture may be further down.
  await page.getByText("Adoption Rate").first().waitFor();
  await page
    .locator("img")
    .evaluateAll((images) =>
      Promise.all(
        images.map((image) => (image instanceof HTMLImageElement ? image.decode() : null)),
      ),
    );
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  await page.close();
}

try {
  const [signal] = slack.messages("C0PRD");
  slack.postAsUser({
    channel: "C0PRD",
    user: "U0ENG",
    text: "The cache cluster was cold for two days in W40: these accounts met it in their eighth week.",
    thread_ts: signal?.ts ?? "",
  });
  await slack.settled();
  const desktop = { width: 1280, height: 2040 };
  await take("slack-scorecard", `${slack.url}?channel=C0ALL`, desktop);
  await take("slack-signal", `${slack.url}?channel=C0PRD&thread=${signal?.ts ?? ""}`, {
    width: 1280,
    height: 900,
  });
  await take("slack-phone", `${slack.url}?channel=C0ALL`, { width: 400, height: 860 });
  await take("discord-answer", discord.url, { width: 900, height: 900 });
} finally {
  await browser.close();
  await stop();
  await rm(cwd, { recursive: true, force: true });
}
