import { setTimeout as wait } from "node:timers/promises";
import { startClock } from "../clock.ts";
import { errorFields, type Log } from "../log.ts";
import { makeLog } from "../logger.ts";
import { startThroughline } from "../main.ts";
import { memoryShort } from "../watch-memory.ts";
import { stopSignal } from "./stop-signal.ts";
import { tellStartFault } from "./tell-start-fault.ts";
import { complain, DONE, FAILED, readConfig } from "./terminal.ts";

/** Everything can be taken up again, so that whoever stops the program need not wait for a long computation. */
const STOP_WITHIN_MS = 20_000;

/** Runs until it is told to stop, something throws that nobody catches, or memory runs short. */
export async function serve(): Promise<number> {
  const config = readConfig();
  if (config === null) return FAILED;
  if (config.slack === null && config.discord === null) {
    complain(
      "No chat platform is configured: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, or DISCORD_TOKEN. To look around first: npm run demo",
    );
    return FAILED;
  }
  const log = makeLog(config.logLevel);
  // Listening from here on, so that a signal during the start is not lost.
  const told = stopSignal();
  const ended = Promise.race([told, crash(log), memoryShort(log)]);
  const stopping = new AbortController();
  void told.then(() => stopping.abort());
  const clock = startClock(config.clockFrom);
  const started = await startThroughline(config, log, clock, stopping.signal);
  if (!started.ok) {
    if (started.fault.kind === "interrupted") return DONE;
    complain(tellStartFault(started.fault));
    return FAILED;
  }
  log.info("started", {
    platforms: started.value.platforms.join(" "),
    // Over a socket nothing has to find its way here.
    ...(started.value.slackAddress === null ? {} : { slack: started.value.slackAddress }),
    admin: started.value.adminAddress,
  });
  const end = await ended;
  log.info("stopping", { reason: end });
  const drained = await Promise.race([
    started.value.stop().then(() => true),
    wait(STOP_WITHIN_MS, false, { ref: false }),
  ]);
  if (drained) return end === "signal" ? DONE : FAILED;
  log.error("not_drained", { withinMs: STOP_WITHIN_MS });
  process.exit(FAILED);
}

/** What nobody has caught, a rejection too: told by its class and code, for its message may quote data. */
function crash(log: Log): Promise<"crash"> {
  return new Promise((done) => {
    process.on("uncaughtException", (error, origin) => {
      log.error("crashed", { origin, ...errorFields(error) });
      done("crash");
    });
  });
}
