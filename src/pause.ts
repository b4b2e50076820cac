/**
 * Resolves after so many milliseconds, or as soon as one of the signals is aborted. It leaves neither a
 * timer nor a listener behind, so a signal may live as long as the program.
 */
export function pause(ms: number, ...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((done) => {
    const wake = (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", wake);
      done();
    };
    const timer = setTimeout(wake, ms);
    for (const signal of signals) signal.addEventListener("abort", wake);
    if (signals.some(({ aborted }) => aborted)) wake();
  });
}
