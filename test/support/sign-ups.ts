/** The least company that has an answer with a picture: a few sign-ups a week. */
import type { Database } from "../../src/db/index.ts";
import { anAccount } from "../metrics/asked-company.ts";
import { completeThrough, putRows } from "./rows.ts";
import { MONDAY } from "./small-company.ts";

export const signUps = { text: "weekly sign ups", answered: /Sign-ups[\s\S]*\b7\b/ };

/** Twelve weeks; 7 sign-ups in the last one. */
export async function loadSignUps(db: Database): Promise<void> {
  const days = Array.from({ length: 12 * 7 }, (_, back) =>
    Temporal.PlainDate.from(MONDAY).subtract({ days: back + 1 }),
  );
  const accounts = days.map((day, i) => anAccount(`a${i}`, { signed_up_at: `${day}T09:00Z` }));
  await putRows(db, { accounts });
  await completeThrough(db, `${MONDAY}T00:00:00Z`);
}
