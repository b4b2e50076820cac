import { startClock } from "../clock.ts";
import { makeLog } from "../logger.ts";
import { startThroughline } from "../main.ts";
import { tellStartFault } from "./tell-start-fault.ts";
import { complain, DONE, FAILED, readConfig } from "./terminal.ts";

/** Runs until it is told to stop. */
export async function serve(): Promise<number> {
  const config = readConfig();
  if (config === null) return FAILED;
  if (config.slack === null && config.discord === null) {
    complain(
      "No chat platform is configured: set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, or DISCORD_TOKEN. To look around first: npm run demo",
    );
    return FAILED;
  }
  const log = makeLog(config.logLevel);
  const started = await startThroughline(config, log, startClock(config.clockFrom));
  if (!started.ok) {
    complain(tellStartFault(started.fault));
    return FAILED;
  }
  log.info("started", { slack: started.value.slackAddress, admin: started.value.adminAddress });
  await stopSignal();
  log.info("stopping");
  await started.value.stop();
  return DONE;
}

export function stopSignal(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
}
