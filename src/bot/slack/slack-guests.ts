/**
 * Guests in a channel. Slack tells of none with the channel, so its members are looked up among the
 * people of the workspace, of whom users.list tells at once and users.info one by one.
 */
import { z } from "zod";
import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { SlackCall } from "./slack-call.ts";
import { paged, slackPages } from "./slack-pages.ts";

/** Whether a guest, of many channels or of one, is a member of the channel. */
export type HasGuests = (channel: string) => Promise<Result<boolean, ChatFault>>;

/** So long a person counts as what they were: a member who is made a guest is noticed after it. */
const KNOWN_MS = 600_000;
/** People who came since are asked for singly, at most so many at a time; users.info allows 100 a minute. */
const MOST_ASKED = 30;
const AGAIN_MS = 20_000;
/** Slack recommends fewer and takes up to 1,000; users.list allows 20 calls a minute. */
const PAGE = 500;

/** `elapsedMs` only ever grows. */
export function guestsIn(call: SlackCall, elapsedMs: () => number): HasGuests {
  let people = new Map<string, boolean>();
  let reading: Promise<Result<null, ChatFault>> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = async (): Promise<Result<null, ChatFault>> => {
    const all = await everybody(call);
    if (!all.ok) return all;
    people = new Map(all.value.map((user) => [user.id, isGuest(user)]));
    readAt = elapsedMs();
    return ok(null);
  };
  /** Those who look at once share one reading. */
  const refresh = (): Promise<Result<null, ChatFault>> => {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };
  return async (channel) => {
    const members = await membersOf(call, channel);
    if (!members.ok) return members;
    if (elapsedMs() - readAt > KNOWN_MS) {
      const done = await refresh();
      if (!done.ok) return done;
    }
    if (members.value.some((id) => people.get(id) === true)) return ok(true);
    const unknown = members.value.filter((id) => !people.has(id));
    for (const id of unknown.slice(0, MOST_ASKED)) {
      const one = await call("users.info", { user: id }, z.object({ user: person }));
      if (!one.ok) return one;
      people.set(id, isGuest(one.value.user));
      if (people.get(id) === true) return ok(true);
    }
    // Those who have been asked for are known the next time.
    if (unknown.length > MOST_ASKED) return failed({ kind: "limited", retryAfterMs: AGAIN_MS });
    return ok(false);
  };
}

export function isGuest(
  user: Pick<z.infer<typeof person>, "is_restricted" | "is_ultra_restricted">,
) {
  return user.is_restricted === true || user.is_ultra_restricted === true;
}

const person = z.object({
  id: z.string(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
});

async function membersOf(call: SlackCall, channel: string): Promise<Result<string[], ChatFault>> {
  const page = z.object({ members: z.array(z.string()), ...paged });
  const given = { channel, limit: PAGE };
  return membersIn(await slackPages(call, "conversations.members", given, page));
}

async function everybody(call: SlackCall): Promise<Result<z.infer<typeof person>[], ChatFault>> {
  const page = z.object({ members: z.array(person), ...paged });
  return membersIn(await slackPages(call, "users.list", { limit: PAGE }, page));
}

function membersIn<T>(read: Result<{ members: T[] }[], ChatFault>): Result<T[], ChatFault> {
  return read.ok ? ok(read.value.flatMap(({ members }) => members)) : read;
}
