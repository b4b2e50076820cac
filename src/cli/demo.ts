import { INTERRUPTED, runDemo } from "../../demo/run-demo.ts";
import { interruption } from "./stop-signal.ts";
import { complain, DONE, FAILED, print, STOPPED, WRONG_USE } from "./terminal.ts";

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
  const signal = interruption();
  const started = await runDemo({
    cwd: process.cwd(),
    port,
    socket: options.socket === true,
    say: complain,
    signal,
  });
  if (!started.ok) {
    complain(started.fault);
    if (started.fault !== INTERRUPTED) return FAILED;
    // What it was waiting for has a timer of its own.
    process.exit(STOPPED);
  }
  const { slack, discord, files, stop } = started.value;
  for (const file of files) print(file);
  if (!options.once) {
    print(
      `\nThe channel: ${slack.url}?channel=C0ALL\nDiscord:     ${discord.url}\nType /kpi help in the box. Ctrl-C ends the demo.`,
    );
    if (!signal.aborted)
      await new Promise((done) => signal.addEventListener("abort", done, { once: true }));
  }
  await stop();
  return DONE;
}
