export type { Json, JsonObject } from "../json.ts";
export type { Click } from "./deliver/interaction.ts";
export type {
  BotOptions,
  ChannelOptions,
  SlackSandboxOptions,
  Timing,
  UserOptions,
} from "./options.ts";
export type { SandboxState, SlackSandbox } from "./slack-sandbox.ts";
export { startSlackSandbox } from "./slack-sandbox.ts";
export type { Message } from "./workspace/message.ts";
export type { Ack, Problem } from "./workspace/workspace.ts";
