/** Discord tells of each message once: what cannot be stored then has to be asked for. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { startDiscordSandbox } from "../sandbox/discord/index.ts";
import { loadConfig } from "../src/config/index.ts";
import { silentLog } from "../src/log.ts";
import { startThroughline } from "../src/main.ts";
import { openThread } from "../src/threads/index.ts";
import { freshDatabase } from "./support/database.ts";

const channel = "1100000000000000001";
const ana = "1200000000000000001";

test("what is said in a thread while the inbox is locked is kept when it no longer is", async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.close());
  const discord = await startDiscordSandbox({
    botToken: "locked-inbox",
    guild: { id: "1000000000000000001", name: "Sandbox" },
    channels: [{ id: channel, name: "all" }],
    users: [{ id: ana, name: "ana" }],
    now: () => new Date(),
  });
  onTestFinished(() => discord.stop());
  const folder = await mkdtemp(path.join(tmpdir(), "locked-inbox-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, "kpi.yaml"), "locale: en-GB\n");
  const env = {
    DATABASE_URL: database.url,
    KPI_DATA_DIR: folder,
    PORT: "0",
    ADMIN_PORT: "0",
    DISCORD_TOKEN: "locked-inbox",
    DISCORD_API_URL: discord.apiUrl,
  };
  const config = loadConfig(env, folder);
  if (!config.ok) throw new Error(JSON.stringify(config.fault));
  const events: string[] = [];
  const error = (event: string) => void events.push(event);
  const clock = () => Temporal.Now.instant();
  const started = await startThroughline(config.value, { ...silentLog, error }, clock);
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  onTestFinished(() => started.value.stop());

  const head = discord.postAsUser({ channel, user: ana, text: "a signal" });
  const opened = await fetch(`${discord.apiUrl}/v10/channels/${channel}/messages/${head}/threads`, {
    method: "POST",
    headers: { authorization: "Bot locked-inbox", "content-type": "application/json" },
    body: JSON.stringify({ name: "Why?" }),
  });
  expect(opened.ok).toBe(true);
  await database.db.run(
    `INSERT INTO signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
     VALUES ('adoption_rate', 'x', 1, 'run', '2026-11-09', '2026-11-09', '1')`,
  );
  await openThread(database.db, 1, { platform: "discord", channel, id: head });
  await database.db.transaction(async (sql) => {
    await sql.run("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE");
    discord.postAsUser({ channel: head, user: ana, text: "because of Monday" });
    await expect.poll(() => events, { timeout: 20_000 }).toContain("discord_handler_failed");
  });
  const kept = () =>
    database.db.rows(z.object({ text: z.string() }), "SELECT text FROM thread_reply");
  await expect.poll(kept, { timeout: 25_000 }).toEqual([{ text: "because of Monday" }]);
});
