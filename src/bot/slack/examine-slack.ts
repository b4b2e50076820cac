/** What `kpi doctor` asks of Slack: nothing is posted, and all that is wrong is found in one go. */
import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Log } from "../../log.ts";
import { failed, ok, type Result } from "../../result.ts";
import { isToken } from "../is-token.ts";
import { requestTimeoutMs, slackClient } from "./slack-call.ts";
import { isExternal, sharing } from "./slack-facts.ts";
import { slackFault } from "./slack-fault.ts";

export interface SlackQuestions {
  botToken: string | null;
  /** With one it is Socket Mode. */
  appToken: string | null;
  apiUrl: string | undefined;
  /** Slack's ids. */
  channels: readonly string[];
  people: readonly string[];
  log: Log;
}

/** Null: not asked, for want of a token that works. */
export interface SlackExamination {
  bot: Result<SlackBot, SlackRefusal> | null;
  socket: Result<null, SlackRefusal> | null;
  channels: ReadonlyMap<string, Result<SlackChannel, SlackRefusal>> | null;
  people: ReadonlyMap<string, Result<{ active: boolean }, SlackRefusal>> | null;
}

export interface SlackBot {
  name: string;
  team: string;
  /** What the token may do; null where Slack does not say. */
  scopes: readonly string[] | null;
}

export interface SlackChannel {
  name: string;
  member: boolean;
  archived: boolean;
  external: boolean;
}

/** `code`: Slack's word, or the network's. `needed`: the scope that Slack asks for. */
export interface SlackRefusal {
  kind: "refused" | "unreachable";
  code: string;
  needed: string | null;
}

export async function examineSlack(questions: SlackQuestions): Promise<SlackExamination> {
  const { botToken, appToken, apiUrl, channels, people, log } = questions;
  const client = (token: string) => slackClient(token, apiUrl, requestTimeoutMs, log);
  const socket =
    appToken === null
      ? null
      : isToken(appToken)
        ? await ask(client(appToken), "apps.connections.open", {}, z.object({ url: z.string() }))
        : malformed;
  const asked = { socket: socket?.ok ? ok(null) : socket, channels: null, people: null };
  if (botToken === null) return { ...asked, bot: null };
  if (!isToken(botToken)) return { ...asked, bot: malformed };
  const slack = client(botToken);
  const bot = await whoIsIt(slack);
  if (!bot.ok) return { ...asked, bot };
  return {
    ...asked,
    bot,
    channels: await each(channels, (channel) => lookAtChannel(slack, channel)),
    people: await each(people, (user) => lookAtPerson(slack, user)),
  };
}

const malformed = failed<SlackRefusal>({
  kind: "refused",
  code: "malformed_token",
  needed: null,
});

async function whoIsIt(slack: WebClient): Promise<Result<SlackBot, SlackRefusal>> {
  const answer = await ask(slack, "auth.test", {}, authAnswer);
  if (!answer.ok) return answer;
  const { user, team, response_metadata } = answer.value;
  const scopes = (response_metadata?.scopes ?? []).filter((scope) => scope !== "");
  return ok({ name: user, team, scopes: scopes.length > 0 ? scopes : null });
}

async function lookAtChannel(
  slack: WebClient,
  channel: string,
): Promise<Result<SlackChannel, SlackRefusal>> {
  const answer = await ask(slack, "conversations.info", { channel }, channelAnswer);
  if (!answer.ok) return answer;
  const { name, is_member, is_archived } = answer.value.channel;
  return ok({
    name: name ?? channel,
    member: is_member === true,
    archived: is_archived === true,
    external: isExternal(answer.value.channel),
  });
}

async function lookAtPerson(slack: WebClient, user: string) {
  const answer = await ask(slack, "users.info", { user }, userAnswer);
  return answer.ok ? ok({ active: answer.value.user.deleted !== true }) : answer;
}

/** One after the other: Slack allows some fifty of these calls a minute. */
async function each<T>(ids: readonly string[], look: (id: string) => Promise<T>) {
  const seen = new Map<string, T>();
  for (const id of ids) seen.set(id, await look(id));
  return seen;
}

async function ask<T>(
  slack: WebClient,
  method: string,
  given: Record<string, unknown>,
  shape: z.ZodType<T>,
): Promise<Result<T, SlackRefusal>> {
  try {
    const answer = shape.safeParse(await slack.apiCall(method, given));
    if (answer.success) return ok(answer.data);
    return failed({ kind: "unreachable", code: "unexpected_answer", needed: null });
  } catch (error) {
    const fault = slackFault(error);
    const data = error instanceof WebAPIPlatformError ? error.data : {};
    const needed = "needed" in data ? data.needed : null;
    return failed({
      kind: fault.kind === "refused" ? "refused" : "unreachable",
      code: fault.kind === "limited" ? "ratelimited" : fault.code,
      needed: typeof needed === "string" ? needed : null,
    });
  }
}

const flag = z.boolean().optional();

const authAnswer = z.object({
  user: z.string(),
  team: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

const channelAnswer = z.object({
  channel: sharing.extend({
    name: z.string().optional(),
    is_member: flag,
    is_archived: flag,
  }),
});

const userAnswer = z.object({ user: z.object({ deleted: flag }) });
