import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium as playwright } from "playwright-core";

/** The Chromium inside @sparticuz/chromium 153; another one drew the pages that were looked at. */
const MAJOR_VERSION = "153";

/**
 * Of the package's arguments, those that make another browser than people have: in one process it
 * ends with its first page, and without web security it would not notice what a page must not do.
 */
const UNWANTED = new Set([
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--allow-running-insecure-content",
]);

export interface LaunchedBrowser {
  browser: Browser;
  version: string;
  close(): Promise<void>;
}

/** Why there is no browser on this machine; null when there is. A test that skips prints it. */
export function noBrowserReason(): string | null {
  const here = `${process.platform}-${process.arch}`;
  return here === "linux-x64"
    ? null
    : `the browser's package is for linux-x64, and this is ${here}`;
}

/**
 * A real Chromium, unpacked into a folder of its own that `close` removes: the package takes
 * whatever an earlier run left in the temporary folder, however old or half-written it is.
 */
export async function launchBrowser(): Promise<LaunchedBrowser> {
  const reason = noBrowserReason();
  if (reason) throw new Error(reason);
  const folder = await mkdtemp(join(tmpdir(), "browser-"));
  try {
    const { executablePath, args, env } = await unpack(folder);
    const browser = await playwright.launch({ executablePath, args, env, headless: true });
    const version = browser.version();
    if (!version.startsWith(`${MAJOR_VERSION}.`)) {
      await browser.close();
      throw new Error(`Chromium ${version} where ${MAJOR_VERSION} is expected`);
    }
    const close = async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    };
    return { browser, version, close };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Unpacks the browser with its own libraries and fonts. The package decides by the environment of
 * the moment of its import, and changes that environment: both are put back.
 */
async function unpack(folder: string) {
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" });
  try {
    const { default: chromium, setupLambdaEnvironment } = await import("@sparticuz/chromium");
    chromium.setGraphicsMode = false;
    setupLambdaEnvironment(join(folder, "al2023", "lib"));
    const executablePath = await chromium.executablePath();
    await writeFile(join(folder, "fonts.conf"), fontConfiguration(folder));
    const env = { ...definedOnly(process.env), FONTCONFIG_FILE: join(folder, "fonts.conf") };
    return { executablePath, args: chromium.args.filter((arg) => !UNWANTED.has(arg)), env };
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** The package's own looks for its font under /tmp only, and has no signs such as ★ or ▲. */
function fontConfiguration(folder: string): string {
  const modules = join(import.meta.dirname, "../../node_modules/@expo-google-fonts");
  const places = [join(folder, "fonts"), join(modules, "inter"), join(modules, "noto-emoji")];
  const directories = places.map((place) => `<dir>${place}</dir>`).join("");
  const cache = `<cachedir>${join(folder, "fonts-cache")}</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${directories}${cache}</fontconfig>`;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
