import type { Loader } from "vega";

/**
 * Vega's own loader reads local files and fetches addresses that a spec names. Ours refuses all of
 * it: a chart's data is handed over, never loaded.
 */
export const refusingLoader: Loader = {
  load: refuse,
  http: refuse,
  file: refuse,
  // Links and images become empty addresses. Refusing them by an error would end the process: Vega
  // reads the address of what it has just failed to get, in a promise that nobody awaits.
  sanitize: async () => ({ href: "" }),
};

async function refuse(): Promise<never> {
  throw new Error("a chart loads nothing");
}
