import { BITS, type Permission } from "./permission.ts";
import type { Channel, Server } from "./server.ts";

const ADMINISTRATOR = 1n << 3n;

/** What everybody may: all there is but to be an administrator, whom no channel could deny anything. */
export const EVERYTHING = String(((1n << 53n) - 1n) & ~ADMINISTRATOR);

/** Whether the bot may do this in a channel; in a thread, what it may in the channel above it. */
export function botMay(server: Server, channel: string, permission: Permission): boolean {
  const denied = deniedIn(server, server.channels.get(channel));
  return !denied.includes("ViewChannel") && !denied.includes(permission);
}

function deniedIn(server: Server, channel: Channel | undefined): readonly Permission[] {
  if (!channel) return [];
  return channel.parent === null
    ? channel.denied
    : deniedIn(server, server.channels.get(channel.parent));
}

/** What the bot may in a channel, as one number in a string. */
export function botPermissions(server: Server, channel: Channel): string {
  return String(BigInt(EVERYTHING) & ~bitsOf(deniedIn(server, channel)));
}

/** What the channel's settings say of it: nothing where the bot may everything. */
export function overwritesFor(server: Server, channel: Channel) {
  if (channel.denied.length === 0) return [];
  return [{ id: server.bot.id, type: 1, allow: "0", deny: String(bitsOf(channel.denied)) }];
}

function bitsOf(permissions: readonly Permission[]): bigint {
  return permissions.reduce((bits, permission) => bits | BITS[permission], 0n);
}
