import type { RawFile, REST, RequestMethod, RouteLike } from "discord.js";
import type { z } from "zod";
import type { ChatFault } from "../../message.ts";
import { assertNever, failed, ok, type Result } from "../../result.ts";
import { discordFault } from "./discord-fault.ts";

export interface DiscordRequest {
  body?: unknown;
  files?: RawFile[];
  query?: URLSearchParams;
  /** False for the calls of an interaction, which carry their token in the path. */
  auth?: boolean;
}

/** Calls Discord's API once, for at most the time given, and reads its answer. */
export type DiscordCall = <T>(
  method: `${RequestMethod}`,
  route: RouteLike,
  request: DiscordRequest,
  shape: z.ZodType<T>,
) => Promise<Result<T, ChatFault>>;

/** Milliseconds for one request, its answer read to the end. */
export const requestTimeoutMs = 10_000;

export function discordCaller(rest: REST, timeoutMs: number): DiscordCall {
  return async (method, route, request, shape) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = shape.safeParse(await send(rest, method)(route, { ...request, signal }));
      if (answer.success) return ok(answer.data);
      return failed({ kind: "ambiguous", code: "unexpected_answer" });
    } catch (error) {
      return failed(discordFault(error));
    }
  };
}

function send(rest: REST, method: `${RequestMethod}`): REST["get"] {
  switch (method) {
    case "GET":
      return rest.get.bind(rest);
    case "POST":
      return rest.post.bind(rest);
    case "PUT":
      return rest.put.bind(rest);
    case "PATCH":
      return rest.patch.bind(rest);
    case "DELETE":
      return rest.delete.bind(rest);
    default:
      return assertNever(method);
  }
}
