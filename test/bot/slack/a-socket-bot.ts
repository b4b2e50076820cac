/** A bot on a socket of the sandbox's Slack, its keeper's pace as a test wants it. */
import { onTestFinished, vi } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../../../sandbox/slack/index.ts";
import { startSlack } from "../../../src/bot/index.ts";
import type { ChatHandlers } from "../../../src/chat-connection.ts";
import { type Log, silentLog } from "../../../src/log.ts";
import { type MemoryInbox, memoryInbox } from "../../contract/memory-inbox.ts";

export const botToken = "xoxb-socket";
const appToken = "xapp-socket-canary";
export const ana = { channel: "C0GTM", user: "U0ANA" };

export async function aSlack(retryDelaysMs = [0, 100, 300]): Promise<SlackSandbox> {
  const sandbox = await startSlackSandbox({
    signingSecret: "unused",
    botToken,
    appToken,
    channels: [{ id: "C0GTM", name: "gtm" }],
    users: [{ id: "U0ANA", name: "ana" }],
    now: () => new Date(),
    timing: { ackMs: 1_000, retryDelaysMs, pingMs: 200 },
  });
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

/** The product's own pace, hurried. */
export const hurried = { pongWithinMs: 600, overlapMs: 50, longestPauseMs: 200 };

export interface SocketBot {
  asked: string[];
  said: string[];
  gaps: () => number;
  connected: () => boolean;
  inbox: MemoryInbox & { broken: boolean };
  stop: () => Promise<void>;
}

export async function aBot(
  apiUrl: string,
  more: {
    pace?: Partial<typeof hurried> & { renewAfterMs?: number };
    log?: Log;
    handlers?: Partial<ChatHandlers>;
  } = {},
): Promise<SocketBot> {
  const memory = memoryInbox();
  const inbox = {
    ...memory,
    broken: false,
    put: async (...given: Parameters<MemoryInbox["put"]>) => {
      if (inbox.broken) throw new Error("the database is away");
      return memory.put(...given);
    },
  };
  const asked: string[] = [];
  const said: string[] = [];
  let gaps = 0;
  const started = await startSlack({
    botToken,
    appToken,
    apiUrl,
    log: more.log ?? silentLog,
    onGap: () => {
      gaps += 1;
    },
    socketPace: more.pace ?? hurried,
    handlers: {
      onCommand: async ({ text }) => void asked.push(text),
      onClick: async () => {},
      onThreadReply: async ({ text }) => void said.push(text),
      onReadersChanged: async () => {},
      onTurnedAway: async () => {},
      inbox,
      ...more.handlers,
    },
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  const { connected } = started.value;
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= started.value.stop();
    return stopping;
  };
  onTestFinished(stop);
  return { asked, said, gaps: () => gaps, connected, inbox, stop };
}

export function until(look: () => boolean, timeout = 30_000): Promise<boolean> {
  return vi.waitUntil(look, { timeout, interval: 10 });
}
