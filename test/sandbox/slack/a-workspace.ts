import { crc32, deflateSync } from "node:zlib";
import { type SlackSandboxOptions, startSlackSandbox } from "../../../sandbox/slack/index.ts";

export const BOT_TOKEN = "xoxb-sandbox";
export const SIGNING_SECRET = "sandbox-signing-secret";

/** A workspace with an open channel, the leadership's, one without the bot and an archived one. */
export function aWorkspace(options: Partial<SlackSandboxOptions> = {}) {
  return startSlackSandbox({
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    now: () => new Date("2026-11-16T09:00:00Z"),
    channels: [
      { id: "C0ALL", name: "all-metrics" },
      { id: "C0LEAD", name: "leadership", private: true, leadership: true, members: ["U0ANA"] },
      { id: "C0OUT", name: "not-invited", botIsMember: false },
      { id: "C0OLD", name: "old", archived: true },
      { id: "C0EXT", name: "with-acme", external: true },
    ],
    users: [
      { id: "U0ANA", name: "ana", realName: "Ana Ruiz" },
      { id: "U0BEN", name: "ben", realName: "Ben Okafor" },
      { id: "U0GUEST", name: "gus", realName: "Gus Guest", guest: "single_channel" },
    ],
    ...options,
  });
}

/** A PNG of one grey, made here so that the tests need no file. */
export function aPng(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width + 1) * height, 0xb0);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
