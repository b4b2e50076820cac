/**
 * A process of its own that starts the embedded server in a folder, says so in one line of JSON,
 * and stops it when its input ends.
 */
import { startEmbedded } from "../../../src/db/index.ts";
import { silentLog } from "../../../src/log.ts";

// What dies here are processes, never the machine, so nothing needs to reach the disk.
const serverSettings = { fsync: "off" };
const started = await startEmbedded({
  dataDir: process.argv[2] ?? "",
  log: silentLog,
  serverSettings,
});
process.stdout.write(
  `${JSON.stringify(started.ok ? { url: started.value.url, adopted: started.value.adopted } : started)}\n`,
);
if (started.ok) {
  for await (const _ of process.stdin);
  process.stdout.write(`${JSON.stringify({ stop: await started.value.stop() })}\n`);
}
