/**
 * Resolves at the first signal. A later one ends the program at once, for whoever cannot wait; within
 * a second it is the same one, which npm and the terminal may both pass on.
 */
export function stopSignal(): Promise<"signal"> {
  return new Promise((done) => {
    let first: number | null = null;
    const onSignal = (_: NodeJS.Signals, number: number): void => {
      if (first !== null && performance.now() - first > 1_000) process.exit(128 + number);
      first ??= performance.now();
      done("signal");
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
  });
}
