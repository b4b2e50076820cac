/**
 * The look from outside: what should be there and is not is told to the owner, in a direct message of
 * its own, without the program that it watches. What has been told stands in `state`, so that a
 * trouble is told once, also while the database is away.
 */
import type { Sql } from "../db/index.ts";
import {
  type ChannelRef,
  type ChatFault,
  type ChatPort,
  type MessageRef,
  parseChannel,
} from "../message.ts";
import { failed, ok, type Result } from "../result.ts";
import { type Trouble, tellNotice, type Voice } from "../wording/index.ts";
import { findMissing, type Missing } from "./find-missing.ts";
import type { Hold } from "./hold.ts";
import { ourId } from "./our-id.ts";
import { aboutOf } from "./trouble-store.ts";

/** One direct message, which is changed in place until all that it tells of is over. */
export interface WatchNotice {
  ourId: string;
  /** When it was to be posted. */
  since: string;
  /** Null while it is not known to stand. */
  ref: MessageRef | null;
  /** What it says, once it stands. */
  said: string | null;
  troubles: readonly Trouble[];
}

/** What has been told, kept between two looks. */
export interface WatchState {
  read(): readonly WatchNotice[];
  /** Throws where it cannot be kept: then nothing may be told, or it would be told at each look. */
  write(notices: readonly WatchNotice[]): void;
}

export interface Telling {
  /** `slack:U0OPS`. */
  owner: string;
  port: ChatPort;
  state: WatchState;
  timeZone: string;
  voice: Voice;
}

/** `sql` null: the database is away, and nobody knows whether what was missing before has come. */
export async function missingNow(
  sql: Sql | null,
  scorecard: Hold,
  known: readonly WatchNotice[],
  now: Temporal.Instant,
): Promise<Missing[]> {
  if (sql !== null) return findMissing(sql, scorecard, now);
  const open = known.flatMap(({ troubles }) => troubles.filter(({ over }) => over === null));
  const since = now.toString();
  const away: Missing = { subject: { kind: "database" }, code: "database_away", since };
  return [...open.filter(({ subject }) => subject.kind !== "database"), away];
}

/** Tells what is new of it, and what is over; the last fault that kept it from being told, or null. */
export async function tellMissing(
  telling: Telling,
  missing: readonly Missing[],
  now: Temporal.Instant,
): Promise<ChatFault | null> {
  const notices = nextNotices(telling.state.read(), missing, now);
  // Before anything is posted: who is cut off in between looks first whether it stands.
  telling.state.write(notices);
  const told: WatchNotice[] = [];
  let fault: ChatFault | null = null;
  for (const notice of notices) {
    const done = await tell(telling, notice);
    if (!done.ok) fault = done.fault;
    told.push(done.ok ? done.value : notice);
  }
  telling.state.write(told.filter((notice) => !isOver(notice) || !isSaid(telling, notice)));
  return fault;
}

/** What is over is marked so where it was told, and what is new makes one notice more. Pure but for its id. */
function nextNotices(
  known: readonly WatchNotice[],
  missing: readonly Missing[],
  now: Temporal.Instant,
): WatchNotice[] {
  const seen = new Set(missing.map(({ subject }) => aboutOf(subject)));
  const kept = known.map((notice) => ({
    ...notice,
    troubles: notice.troubles.map((trouble) =>
      trouble.over === null && !seen.has(aboutOf(trouble.subject))
        ? { ...trouble, over: now.toString() }
        : trouble,
    ),
  }));
  const open = new Set(
    kept.flatMap(({ troubles }) =>
      troubles.filter(({ over }) => over === null).map(({ subject }) => aboutOf(subject)),
    ),
  );
  const added = missing.filter(({ subject }) => !open.has(aboutOf(subject)));
  if (added.length === 0) return kept;
  const troubles = added.map((one) => ({ ...one, over: null }));
  return [...kept, { ourId: ourId(), since: now.toString(), ref: null, said: null, troubles }];
}

function isOver({ troubles }: WatchNotice): boolean {
  return troubles.every(({ over }) => over !== null);
}

function isSaid({ timeZone, voice }: Telling, { troubles, said }: WatchNotice): boolean {
  return said === tellNotice(troubles, timeZone, voice).summary;
}

/** Posts it, or brings it up to date; the notice as it stands then. */
async function tell(
  telling: Telling,
  notice: WatchNotice,
): Promise<Result<WatchNotice, ChatFault>> {
  if (isSaid(telling, notice)) return ok(notice);
  const message = tellNotice(notice.troubles, telling.timeZone, telling.voice);
  const standing = await standingOf(telling, notice);
  if (!standing.ok) return standing;
  const { place, ref } = standing.value;
  const told =
    ref === null
      ? await telling.port.post(place, message, notice.ourId)
      : await telling.port.edit(ref, message);
  return told.ok ? ok({ ...notice, ref: told.value.ref, said: message.summary }) : told;
}

/** Where it stands; one that was to be posted before and is not known to stand is looked up. */
async function standingOf(
  { owner, port }: Telling,
  { ref, ourId, since }: WatchNotice,
): Promise<Result<{ place: ChannelRef; ref: MessageRef | null }, ChatFault>> {
  const person = parseChannel(owner);
  if (person === null) return failed({ kind: "refused", code: "no_owner" });
  const place = await port.directMessage({ platform: person.platform, user: person.channel });
  if (!place.ok) return place;
  if (ref !== null) return ok({ place: place.value, ref });
  const found = await port.find(place.value, ourId, Temporal.Instant.from(since));
  if (found.kind === "unreadable") return failed({ kind: "unreachable", code: found.code });
  return ok({ place: place.value, ref: found.kind === "found" ? found.ref : null });
}
