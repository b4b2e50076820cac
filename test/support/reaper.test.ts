import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

test("what a killed run leaves is removed: its server, its bots and its folder", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "throughline-reaper-test-"));
  const server = spawn("sleep", ["60"], { stdio: "ignore" });
  const data = path.join(folder, "postgres", "data");
  mkdirSync(data, { recursive: true });
  writeFileSync(path.join(data, "postmaster.pid"), `${server.pid}\n`);
  const bot = spawn("sleep", ["60"], { stdio: "ignore" });
  writeFileSync(path.join(folder, `serve-${bot.pid}`), "");
  const ended = Promise.all([once(server, "exit"), once(bot, "exit")]);
  const reaper = fileURLToPath(new URL("./reaper.ts", import.meta.url));
  const script = `import { startReaper } from ${JSON.stringify(reaper)};
    startReaper(process.argv[1]); process.stdout.write("up"); setInterval(() => {}, 1000);`;
  const run = spawn(process.execPath, ["--input-type=module", "-e", script, folder]);
  await new Promise((resolve) => run.stdout.once("data", resolve));
  run.kill("SIGKILL");
  await ended;
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000 });
});
