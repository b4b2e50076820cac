import { expect, vi } from "vitest";
import type { Reply } from "../../src/chat-connection.ts";
import {
  answerCommand,
  type ChatContext,
  floodGuard,
  shareGuard,
} from "../../src/commands/index.ts";
import type { Log } from "../../src/log.ts";
import type { Message } from "../../src/message.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { refresh } from "../../src/metrics/index.ts";
import { ok } from "../../src/result.ts";
import { colleaguesAtHome } from "../commands/a-chat.ts";
import { freshDatabase } from "../support/database.ts";
import { faultTest } from "../support/fault-test.ts";
import { loadSignUps, signUps } from "../support/sign-ups.ts";
import { MONDAY } from "../support/small-company.ts";
import { someRules } from "../support/some-rules.ts";
import { noPipesReason, starveThreads } from "../support/starve-threads.ts";

/** Questions under way at once. */
const CROWD = 8;
/** Every so many charts of a full run the rasteriser's threads hang for longer than a drawing may take. */
const HANG_EVERY = 2_000;
const now = Temporal.Instant.from(`${MONDAY}T10:00:00Z`);

const ask = {
  text: signUps.text,
  place: { platform: "slack", channel: "C0ALL" },
  direct: false,
  external: false,
};

faultTest(
  40,
  "every command is answered in text while its chart is drawn, throws or hangs",
  async (run) => {
    const loaded = await loadCatalogue(defaultSettings);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
    const { db, close } = await freshDatabase();
    await loadSignUps(db);
    await refresh(db, defaultSettings, loaded.value);
    const seen = { drawn: 0, failed: 0, lost: 0 };
    const context: Omit<ChatContext, "theme"> = {
      metrics: { db, catalogue: loaded.value, settings: defaultSettings },
      rules: someRules(),
      voice: { locale: "en-GB", currency: "USD" },
      scorecard: [],
      prefix: "/kpi",
      privateChannels: new Set(),
      facts: colleaguesAtHome,
      flood: floodGuard(),
      sharing: shareGuard(),
      log: counting(() => seen.failed++),
    };
    const answerOne = async (number: number): Promise<void> => {
      const said: Message[] = [];
      const reply: Reply = {
        hand: async () => ok("here"),
        say: async (message) => {
          said.push(message);
          return ok({ ref: { ...ask.place, id: String(number) }, pictured: false });
        },
      };
      const themed = themedBy(context, number % 5 === 0);
      // Somebody else each time: who asks too much gets no answer.
      const asker = { platform: "slack", user: `U${number}` };
      await answerCommand(themed, { ...ask, asker, id: String(number) }, reply, at(number));
      if (!signUps.answered.test(said[0]?.summary ?? "")) seen.lost++;
      if (said.at(-1)?.image !== undefined) seen.drawn++;
    };
    const memory: number[] = [];
    for (let done = 0; done < run.cases; done += CROWD) {
      const crowd = Array.from({ length: CROWD }, (_, i) => answerOne(done + i));
      if (run.isFull && noPipesReason() === null && done % HANG_EVERY === 0) await hang(crowd);
      await Promise.all(crowd);
      run.tried(CROWD);
      memory.push(process.memoryUsage.rss());
    }
    await close();
    expect(seen.lost).toBe(0);
    expect(seen.failed).toBeGreaterThanOrEqual(Math.floor(run.cases / 5));
    expect(seen.drawn + seen.failed).toBeGreaterThanOrEqual(run.cases);
    const growth =
      median(memory.slice(-memory.length / 5)) /
        median(memory.slice(memory.length / 5, (2 * memory.length) / 5)) -
      1;
    if (run.isFull) expect(Math.abs(growth)).toBeLessThan(0.1);
    run.saw(
      `${seen.drawn} drawn, ${seen.failed} thrown or hung, 0 answers lost, memory ${(100 * growth).toFixed(1)}%`,
    );
  },
);

/** Fifty a second, for with more than all together may ask some get no answer. */
function at(number: number): Temporal.Instant {
  return now.add({ milliseconds: 20 * number });
}

/** Reading the theme is the first thing that drawing does, so that what throws here throws there. */
function themedBy(context: Omit<ChatContext, "theme">, throws: boolean): ChatContext {
  return {
    ...context,
    get theme(): "light" | "dark" {
      if (throws) throw new Error("injected");
      return "light";
    },
  };
}

function counting(onFailure: () => void): Log {
  const nothing = (): void => {};
  return { debug: nothing, info: nothing, warn: nothing, error: onFailure };
}

async function hang(crowd: readonly Promise<void>[]): Promise<void> {
  const release = starveThreads();
  await vi.waitFor(() => Promise.race(crowd), { timeout: 120_000 });
  await release();
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
