import { type JsonObject, objectsOf, textOf } from "../../json.ts";
import { memberPayload, userPayload } from "../server/payloads.ts";
import { type Answer, refusals } from "./exchange.ts";
import { badLength, type FormFault } from "./form-fault.ts";
import { refuseForm } from "./message-change.ts";
import type { Call, Route } from "./route.ts";

export const serverRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: /^\/gateway\/bot$/,
    authorized: true,
    run: gatewayBot,
    operation: "get_bot_gateway",
  },
  {
    method: "GET",
    pattern: /^\/users\/(@me|\d+)$/,
    authorized: true,
    run: getUser,
    operation: "get_user",
  },
  {
    method: "GET",
    pattern: /^\/guilds\/(\d+)\/members\/(\d+)$/,
    authorized: true,
    run: getMember,
    operation: "get_guild_member",
  },
  {
    method: "PUT",
    pattern: /^\/applications\/(\d+)\/commands$/,
    authorized: true,
    run: putCommands,
    operation: "bulk_set_application_commands",
  },
  {
    method: "PUT",
    pattern: /^\/applications\/(\d+)\/guilds\/\d+\/commands$/,
    authorized: true,
    run: putCommands,
    operation: "bulk_set_application_commands",
  },
];

function gatewayBot({ server, origin }: Call): Answer {
  const { total, used } = server.starts;
  const remaining = Math.max(total - used, 0);
  const session_start_limit = { total, remaining, reset_after: 86_400_000, max_concurrency: 1 };
  const url = origin.replace(/^http/, "ws");
  return { status: 200, body: { url: `${url}/gateway`, shards: 1, session_start_limit } };
}

function getUser({ server, parts }: Call): Answer {
  const id = parts[0] === "@me" ? server.bot.id : (parts[0] ?? "");
  return server.users.has(id)
    ? { status: 200, body: userPayload(server, id) }
    : refusals.unknownUser;
}

function getMember({ server, parts }: Call): Answer {
  const [guild = "", user = ""] = parts;
  const known = server.users.get(user);
  if (guild !== server.guild.id || !known || known.member === false) return refusals.unknownMember;
  return { status: 200, body: memberPayload(server, user) };
}

/** Replaces what was declared. */
function putCommands({ server, request, parts }: Call): Answer {
  if (parts[0] !== server.bot.applicationId) return refusals.notFound;
  const { list } = request;
  if (list === null) return refusals.badJson;
  const faults = list.flatMap(checkCommand);
  if (faults.length > 0) return refuseForm(server, `PUT ${request.path}`, faults);
  server.commands.splice(0, server.commands.length, ...list);
  return { status: 200, body: list.map((command) => ({ id: server.nextId(), ...command })) };
}

/** A slash command has a small name and is described; one in the menu of a person or message is not. */
function checkCommand(command: JsonObject, index: number): FormFault[] {
  const isInMenu = command.type === 2 || command.type === 3;
  const name = isInMenu ? /^.{1,32}$/u : /^[-_\p{Ll}\p{N}]{1,32}$/u;
  return [
    ...(name.test(textOf(command.name)) ? [] : [badName(`[${index}].name`)]),
    ...checkDescription(command, `[${index}]`, isInMenu),
    ...objectsOf(command.options).flatMap((option, nth) => [
      ...(name.test(textOf(option.name)) ? [] : [badName(`[${index}].options[${nth}].name`)]),
      ...checkDescription(option, `[${index}].options[${nth}]`, false),
    ]),
  ];
}

function badName(at: string): FormFault {
  return {
    at,
    code: "APPLICATION_COMMAND_INVALID_NAME",
    message: "Command name is invalid",
  };
}

function checkDescription({ description }: JsonObject, at: string, isInMenu: boolean): FormFault[] {
  const [least, most] = isInMenu ? [0, 0] : [1, 100];
  const { length } = textOf(description);
  return length < least || length > most ? [badLength(`${at}.description`, least, most)] : [];
}
