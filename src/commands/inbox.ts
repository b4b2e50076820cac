/** What platforms delivered, stored before they are told that it arrived. */
import { type Database, whyUnavailable } from "../db/index.ts";
import { DeadlinePassed, withDeadline } from "../deadline.ts";
import type { Inbox, Platform } from "../message.ts";
import {
  type Delivered,
  type Left,
  renewLeases,
  settleAll,
  store,
  takeLeft,
} from "./inbox-rows.ts";
import { NewestOf } from "./newest-of.ts";

/** The inbox, and what else its keeper does. Several programs may keep one. */
export interface StoredInbox extends Inbox {
  /**
   * To be called more often than every `LEASE_SECONDS`: says that what is under way here still is, and
   * settles what was dealt with while the database could not be told so.
   */
  renew(): Promise<void>;
  /** The next that nobody deals with: from now on this program does. Null: there is none. */
  takeLeft(): Promise<Left | null>;
}

/**
 * While the database is away or takes no changes, what must not be lost is refused, so that the platform
 * delivers it again; of all else the ids are remembered here, so that a question gets an answer all
 * the same.
 */
export function inboxOf(db: Database): StoredInbox {
  const remembered = new NewestOf<true>();
  const held = new NewestOf<Held>();
  const settle = async (platform: Platform, id: string): Promise<void> => {
    const one = held.get(keyOf(platform, id));
    if (one !== undefined) one.isDone = true;
    await settleAll(db, [{ platform, id }]);
    held.delete(keyOf(platform, id));
  };
  const renew = (): Promise<void> => renewAll(db, held);
  return {
    async put(platform, id, body, mayBeLost = body === null) {
      const key = keyOf(platform, id);
      if (remembered.has(key)) return false;
      const storing = store(db, { platform, id }, body);
      try {
        const isNew = (await withDeadline(storing, PATIENCE_MS)) > 0;
        if (isNew && body !== null) held.set(key, { platform, id, isDone: false });
        return isNew;
      } catch (error) {
        if (!mayBeLost || !mayWorkLater(error)) throw error;
        remembered.set(key, true);
        if (body === null) return true;
        // It may be there all the same, or come to be, even after it has been dealt with.
        held.set(key, { platform, id, isDone: false });
        storing.then(() => (held.has(key) ? undefined : settle(platform, id))).catch(() => {});
        return true;
      }
    },
    settle,
    leave: (platform, id) => void held.delete(keyOf(platform, id)),
    renew,
    async takeLeft() {
      // Or it would take from itself what it was kept from renewing for too long.
      await renew();
      const left = await takeLeft(db);
      if (left !== null) held.set(keyOf(left.platform, left.id), { ...left, isDone: false });
      return left;
    },
  };
}

/** What this program deals with, or, once `isDone`, has dealt with and could not settle. */
interface Held extends Delivered {
  isDone: boolean;
}

function keyOf(platform: Platform, id: string): string {
  return `${platform}:${id}`;
}

async function renewAll(db: Database, held: NewestOf<Held>): Promise<void> {
  const done = held.values().filter(({ isDone }) => isDone);
  if (done.length > 0) await settleAll(db, done);
  for (const { platform, id } of done) held.delete(keyOf(platform, id));
  const underWay = held.values();
  if (underWay.length > 0) await renewLeases(db, underWay);
}

/** A platform waits three seconds for its acknowledgement. */
const PATIENCE_MS = 1_500;

function mayWorkLater(error: unknown): boolean {
  return error instanceof DeadlinePassed || whyUnavailable(error) !== null;
}
