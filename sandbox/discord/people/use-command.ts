import { type JsonObject, objectsOf, textOf } from "../../json.ts";
import type { Interaction } from "../server/interaction.ts";
import { memberPayload, messagePayload, userPayload } from "../server/payloads.ts";
import type { Server } from "../server/server.ts";
import { interact } from "./interact.ts";

export interface TypedCommand {
  channel: string;
  user: string;
  /** `/kpi` and what follows it, which all goes into the command's first option. */
  text: string;
  /** Where it is typed; the sandbox's server unless it says otherwise. Null: a direct message. */
  guild?: string | null;
  /** With the app that the person installed for themselves, and the server did not. */
  byUser?: boolean;
}

/** Sends a command to the bot; resolves when it has been answered first, or given up. */
export function runCommand(server: Server, typed: TypedCommand): Promise<Interaction> {
  const { command, option, rest } = declared(server, typed.text);
  const options = rest === "" ? [] : [{ name: option, type: 3, value: rest }];
  const data = { ...command, options };
  return interact(server, { kind: "command", ...typed }, { data });
}

/** What the bot offers while a command is being typed; nothing where it does not answer in time. */
export async function suggest(server: Server, typed: TypedCommand): Promise<readonly JsonObject[]> {
  const { command, option, rest } = declared(server, typed.text);
  const options = [{ name: option, type: 3, value: rest, focused: true }];
  const data = { ...command, options };
  const { choices } = await interact(server, { kind: "autocomplete", ...typed }, { data });
  return choices;
}

export interface MenuCommand {
  channel: string;
  user: string;
  /** As it is declared, for messages or for people. */
  name: string;
  /** The id of the message or of the person in whose menu it is. */
  target: string;
}

/** Chooses a command in the menu of a message or of a person. */
export async function useMenuCommand(
  server: Server,
  origin: string,
  used: MenuCommand,
): Promise<void> {
  const command = server.commands.find(({ name, type }) => name === used.name && type !== 1);
  const resolved = resolvedOf(server, origin, command?.type, used.target);
  if (!command || !resolved) throw new Error(`no command ${used.name} for ${used.target}`);
  const { name, type } = command;
  const data = { id: server.nextId(), name, type, target_id: used.target, resolved };
  await interact(server, { kind: "command", ...used }, { data });
}

function resolvedOf(server: Server, origin: string, type: unknown, target: string) {
  const message = server.messages.find(target);
  if (type === 3 && message)
    return { messages: { [target]: messagePayload(server, message, origin) } };
  if (type !== 2 || !server.users.has(target)) return null;
  const { user: _, ...member } = memberPayload(server, target);
  return { users: { [target]: userPayload(server, target) }, members: { [target]: member } };
}

function declared(server: Server, text: string) {
  const [, name = "", rest = ""] = /^\/(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  const command = server.commands.find((one) => one.name === name);
  if (!command) throw new Error(`no command /${name} is declared`);
  const option = textOf(objectsOf(command.options)[0]?.name);
  return { command: { id: server.nextId(), name, type: 1 }, option, rest };
}
