/** A report that comes later than it is due says so. */
import type { Message } from "../message.ts";
import { addContext } from "./add-context.ts";
import { sayInstant } from "./say-week.ts";
import type { Voice } from "./voice.ts";

const ON_TIME = Temporal.Duration.from({ minutes: 15 });

/** The message as it is where it came in time. */
export function tellLate(
  message: Message,
  dueAt: Temporal.Instant,
  at: Temporal.Instant,
  timeZone: string,
  voice: Voice,
): Message {
  if (Temporal.Instant.compare(at, dueAt.add(ON_TIME)) <= 0) return message;
  const said = (instant: Temporal.Instant) => sayInstant(instant.toString(), timeZone, voice);
  return addContext(message, `Late: due ${said(dueAt)}, told ${said(at)}.`);
}
