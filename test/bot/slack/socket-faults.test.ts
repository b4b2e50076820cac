import { expect } from "vitest";
import { silentLog } from "../../../src/log.ts";
import { faultTest } from "../../support/fault-test.ts";
import { aBot, ana, aSlack, hurried, until } from "./a-socket-bot.ts";

/** One cut in so many is a connection that stays and answers nothing, not even pings. */
const MUTE_EVERY = 50;
const BACK_WITHIN_MS = 30_000;
const SEEN_WITHIN_MS = 120_000;

/** Of both ends: the sandbox is in this process. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length;
}

faultTest(
  9,
  "a socket that is cut or falls silent is back in time and leaves none behind",
  async (run) => {
    const sandbox = await aSlack();
    const { sockets } = sandbox;
    const away: boolean[] = [];
    const warn = (event: string): void => {
      if (event === "slack_socket_closed") away.push(!bot.connected());
    };
    const pace = run.isFull ? {} : hurried;
    const bot = await aBot(sandbox.apiUrl, { pace, log: { ...silentLog, warn } });
    let slowest = 0;
    const drop = async (isMute: boolean): Promise<void> => {
      const gaps = bot.gaps();
      const began = performance.now();
      if (isMute) sockets.deafen("everything");
      else sockets.drop();
      await until(() => bot.gaps() > gaps && bot.connected(), BACK_WITHIN_MS);
      sockets.deafen(null);
      slowest = Math.max(slowest, performance.now() - began);
    };
    await drop(false);
    await until(() => sockets.size === 1);
    const before = openSockets();
    for (let i = 0; i < run.cases; i += 1) {
      await drop(i % MUTE_EVERY === MUTE_EVERY - 1 || i === 0);
      run.tried(1);
    }
    await until(() => sockets.size === 1 && openSockets() <= before);
    await sandbox.typeCommand({ ...ana, text: "/kpi adoption" });
    await until(() => bot.asked.length === 1);
    expect(away).toEqual(Array(run.cases + 1).fill(true));
    expect(slowest).toBeLessThan(BACK_WITHIN_MS);
    expect(sandbox.problems()).toEqual([]);
    run.saw(`told as away each time, back within ${Math.round(slowest)} ms, 0 sockets left behind`);
  },
);

faultTest(
  10,
  "a socket that answers pings and brings nothing is replaced, and what it did not bring comes",
  async (run) => {
    const late: string[] = [];
    const log = { ...silentLog, warn: (event: string) => void late.push(event) };
    // Slack sends an event again at once and after a minute; the third time is after the socket is replaced.
    const sandbox = await aSlack(run.isFull ? [0, 60_000, 60_000] : [0, 200, 500, 500, 500]);
    const pace = run.isFull ? {} : { ...hurried, renewAfterMs: 500 };
    const bot = await aBot(sandbox.apiUrl, { log, pace });
    let slowest = 0;
    for (let i = 0; i < run.cases; i += 1) {
      await until(() => sandbox.sockets.size === 1);
      const gaps = bot.gaps();
      const began = performance.now();
      sandbox.sockets.deafen("envelopes");
      sandbox.postAsUser({ ...ana, text: `@Throughline adoption ${i}` });
      await until(() => sandbox.sockets.size === 2, SEEN_WITHIN_MS);
      slowest = Math.max(slowest, performance.now() - began);
      sandbox.sockets.deafen(null);
      await until(() => bot.asked.length > i, SEEN_WITHIN_MS);
      expect(bot.asked.at(-1)).toBe(`adoption ${i}`);
      expect(late.filter((event) => event === "slack_delivered_late").length).toBeGreaterThan(i);
      expect(bot.gaps()).toBeGreaterThan(gaps);
      run.tried(1);
    }
    expect(slowest).toBeLessThan(SEEN_WITHIN_MS);
    run.saw(`seen within ${(slowest / 1000).toFixed(1)} s, 0 events lost`);
  },
);
