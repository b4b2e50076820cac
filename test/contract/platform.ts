import type { ChatConnection, ChatHandlers } from "../../src/chat-connection.ts";
import type { ChannelRef, MessageRef, PersonRef } from "../../src/message.ts";

/** What the contract suite needs of a platform: a bot that is connected to a sandbox, and the sandbox. */
export interface ContractPlatform {
  connection: ChatConnection;
  channel: ChannelRef;
  person: PersonRef;
  /** `/kpi <text>`; resolves when the platform has been told that it arrived. */
  typeCommand(text: string): Promise<void>;
  /** A person's words in the thread of a message; its id. */
  replyInThread(head: MessageRef, text: string): Promise<string>;
  /** The person presses the button of that name. */
  press(messageId: string, label: string): Promise<void>;
  /** The person chooses in the menu that asks for `label`. */
  choose(messageId: string, label: string, choice: string): Promise<void>;
  /** Delivers the last thing that a person said in a thread once more. */
  deliverAgain(): Promise<void>;
  /** The files that the bot handed to the person, with who else sees them. */
  handed(): { name: string; text: string; alone: boolean }[];
  /** What the bot said in the channel and its threads, oldest first. */
  shown(): Shown[];
  /** Milliseconds until each command was acknowledged. */
  ackMs(): number[];
  /** What the platform would have refused. */
  problems(): readonly unknown[];
  /** The calls that bring a picture, in their order. */
  pictureStages: readonly string[];
  /** The calls that bring a file to one person. */
  fileStages: readonly string[];
  /** The next call of a stage, or the next post, meets a fault. */
  failNext(what: string, how: "answer_500" | "lose_answer" | "limit"): void;
  stop(): Promise<void>;
}

export interface Shown {
  id: string;
  /** All that can be read, the marks of the platform included. */
  text: string;
  pictures: number;
  /** Seen by one person only. */
  hidden: boolean;
  thread: string | null;
  /** What in it mentions, links or draws something in, though only data was put in. */
  activeTokens: string[];
}

export type StartPlatform = (handlers: ChatHandlers) => Promise<ContractPlatform>;
