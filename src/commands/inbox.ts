/** What platforms delivered, stored before they are told that it arrived. */

import type { Inbox } from "../chat-connection.ts";
import { type Database, whyUnavailable } from "../db/index.ts";
import { DeadlinePassed, withDeadline } from "../deadline.ts";
import { holdingsIn } from "./inbox-holdings.ts";
import { keyOf, type Left, store, takeLeft } from "./inbox-rows.ts";
import { NewestOf } from "./newest-of.ts";

/** The inbox, and what else its keeper does. Several programs may keep one. */
export interface StoredInbox extends Inbox {
  /**
   * To be called more often than a lease ends: says that what is under way here still is, and
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
  const held = holdingsIn(db);
  return {
    async put(platform, id, body, mayBeLost = body === null) {
      const one = { platform, id };
      if (remembered.has(keyOf(one))) return false;
      const storing = store(db, one, body);
      try {
        const isNew = (await withDeadline(storing, PATIENCE_MS)) > 0;
        if (isNew && body !== null) held.hold(one);
        return isNew;
      } catch (error) {
        if (!mayBeLost || !mayWorkLater(error)) throw error;
        remembered.set(keyOf(one), true);
        if (body === null) return true;
        held.hold(one);
        // It may be there all the same, or come to be, even after it has been dealt with, or while
        // that is said of what was not there yet.
        storing.then(() => (held.isUnderWay(one) ? undefined : held.settle(one))).catch(() => {});
        return true;
      }
    },
    settle: (platform, id) => held.settle({ platform, id }),
    leave: (platform, id) => held.leave({ platform, id }),
    renew: held.renew,
    async takeLeft() {
      // Or it would take from itself what it was kept from renewing for too long.
      await held.renew();
      const left = await takeLeft(db);
      if (left !== null) held.hold(left);
      return left;
    },
  };
}

/** A platform waits three seconds for its acknowledgement. */
const PATIENCE_MS = 1_500;

function mayWorkLater(error: unknown): boolean {
  return error instanceof DeadlinePassed || whyUnavailable(error) !== null;
}
