/** How a person or a supervisor stops a command. */
import { complain, STOPPED } from "./terminal.ts";

/** npm, the launcher and the terminal may each pass on the same Ctrl-C. */
const SAME_MS = 300;

/** Resolves at the first signal; a second one ends the program at once, for whoever cannot wait. */
export function stopSignal(): Promise<"signal"> {
  return new Promise((done) => {
    let first: number | null = null;
    const onSignal = (): void => {
      if (first !== null && performance.now() - first > SAME_MS) process.exit(STOPPED);
      first ??= performance.now();
      done("signal");
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
  });
}

/** Aborted at the first signal, which is told at once. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  void stopSignal().then(() => {
    // The terminal has just written ^C.
    complain(`${process.stderr.isTTY ? "\n" : ""}Stopping. A second Ctrl-C ends it at once.`);
    interrupted.abort();
  });
  return interrupted.signal;
}
