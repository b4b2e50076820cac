import { INTERRUPTED, runDemo } from "../../demo/run-demo.ts";
import { stopSignal } from "./stop-signal.ts";
import { complain, DONE, FAILED, print, WRONG_USE } from "./terminal.ts";

/** The bot at work on an invented company, in a Slack and a Discord of its own. */
export async function demo(options: {
  once?: boolean;
  port?: string;
  socket?: boolean;
}): Promise<number> {
  const port = Number(options.port ?? 0);
  const isPort = options.port === undefined || /^[1-9]\d{0,4}$/.test(options.port);
  if (!isPort || port > 65_535) {
    complain("--port: a port from 1 to 65535");
    return WRONG_USE;
  }
  const interrupted = stopSignal();
  const started = await runDemo({
    cwd: process.cwd(),
    port,
    socket: options.socket === true,
    say: complain,
    interrupted,
  });
  if (!started.ok) {
    complain(started.fault);
    // What was under way when it was interrupted has nothing to work on any more.
    if (started.fault === INTERRUPTED) process.exit(FAILED);
    return FAILED;
  }
  const { slack, discord, files, stop } = started.value;
  for (const file of files) print(file);
  if (!options.once) {
    print(
      `\nThe channel: ${slack.url}?channel=C0ALL\nDiscord:     ${discord.url}\nType /kpi help in the box. Ctrl-C ends the demo.`,
    );
    await interrupted;
  }
  await stop();
  return DONE;
}
