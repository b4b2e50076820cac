/** Calls `changed` after everything that happens, and tells when the line is lost and found again. */
export function follow(changed: () => void, tell: (what: string | null) => void): void {
  const source = new EventSource("/page/changes");
  let isLost = false;
  source.addEventListener("open", () => {
    if (isLost) tell(null);
    isLost = false;
  });
  source.addEventListener("error", () => {
    isLost = true;
    tell("The connection to the sandbox is lost; trying again …");
  });
  source.addEventListener("message", changed);
}

/** One after the other: what is asked for while it runs is done once more right after. */
export function oneAtATime(act: () => Promise<void>): () => Promise<void> {
  let isRunning = false;
  let again = false;
  return async () => {
    again = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (again) {
        again = false;
        await act();
      }
    } finally {
      isRunning = false;
    }
  };
}
