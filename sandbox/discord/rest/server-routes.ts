import { type JsonObject, objectsOf, textOf } from "../json.ts";
import { memberPayload, userPayload } from "../server/payloads.ts";
import { type Answer, invalidForm, refusals } from "./exchange.ts";
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

function gatewayBot({ origin }: Call): Answer {
  const session_start_limit = { total: 1_000, remaining: 999, reset_after: 0, max_concurrency: 1 };
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
  const commands = request.list ?? [];
  const faults = commands.flatMap(checkCommand);
  for (const what of faults) server.problems.push({ where: `PUT ${request.path}`, what });
  if (request.list === null || faults.length > 0) return invalidForm(faults);
  server.commands.splice(0, server.commands.length, ...commands);
  return { status: 200, body: commands.map((command) => ({ id: server.nextId(), ...command })) };
}

function checkCommand(command: JsonObject): string[] {
  const named = [command, ...objectsOf(command.options)];
  return named.flatMap((part) => [
    ...(/^[-_\p{Ll}\p{N}]{1,32}$/u.test(textOf(part.name))
      ? []
      : [`${String(part.name)}: no name for a command`]),
    ...(textOf(part.description).length < 1 || textOf(part.description).length > 100
      ? [`${String(part.name)}: description of 1 to 100`]
      : []),
  ]);
}
