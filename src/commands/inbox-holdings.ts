/** What this program deals with, so that no other does. */
import type { Database } from "../db/index.ts";
import { type Delivered, keyOf, renewLeases, settleAll } from "./inbox-rows.ts";
import { NewestOf } from "./newest-of.ts";

export interface Holdings {
  hold(one: Delivered): void;
  /** Whether it is still to be dealt with. */
  isUnderWay(one: Delivered): boolean;
  /** Never throws: what the database cannot be told now is remembered, and told by `renew`. */
  settle(one: Delivered): Promise<void>;
  /** Its lease ends by itself. */
  leave(one: Delivered): void;
  renew(): Promise<void>;
}

export function holdingsIn(db: Database): Holdings {
  const held = new NewestOf<Delivered & { isDone: boolean }>();
  return {
    hold: ({ platform, id }) => held.set(keyOf({ platform, id }), { platform, id, isDone: false }),
    isUnderWay: (one) => held.get(keyOf(one))?.isDone === false,
    settle: async ({ platform, id }) => {
      const one = { platform, id };
      held.set(keyOf(one), { ...one, isDone: true });
      try {
        await settleAll(db, [one]);
        held.delete(keyOf(one));
      } catch {
        // `renew` throws it when it is still so, and its caller says it.
      }
    },
    leave: (one) => held.delete(keyOf(one)),
    renew: async () => {
      const done = held.values().filter(({ isDone }) => isDone);
      if (done.length > 0) await settleAll(db, done);
      for (const one of done) held.delete(keyOf(one));
      const underWay = held.values();
      if (underWay.length > 0) await renewLeases(db, underWay);
    },
  };
}
