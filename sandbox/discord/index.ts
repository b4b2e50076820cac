export { type DiscordSandbox, startDiscordSandbox } from "./discord-sandbox.ts";
export type { ChannelOptions, DiscordSandboxOptions, Timing, UserOptions } from "./options.ts";
export type { Attachment, Message } from "./server/message.ts";
export type { Ack, Channel, Problem } from "./server/server.ts";
