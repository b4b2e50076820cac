/** What the bot may use a few times and not for long: trigger ids, response addresses, tickets. */
import { keepNewest } from "../../keep-newest.ts";

export interface ResponseGrant {
  id: string;
  channel: string;
  user: string;
  uses: number;
  expiresAt: Date;
  /** The message that was clicked, or that was last posted through it. */
  original: string | null;
  threadTs: string | null;
}

type UsedTrigger =
  | { state: "valid"; user: string }
  | { state: "expired" | "exchanged" | "unknown" };

export const RESPONSE_URL_USES = 5;

/** So many of each are remembered; an older one is unknown. */
const MOST_GRANTS = 10_000;

export class Grants {
  readonly #triggers = new Map<string, { user: string; expiresAt: Date; used: boolean }>();
  readonly #responses = new Map<string, ResponseGrant>();
  readonly #tickets = new Map<string, Date>();
  #count = 0;

  grantTrigger(user: string, expiresAt: Date): string {
    this.#count += 1;
    const id = `${this.#count}.0.${crypto.randomUUID().replaceAll("-", "")}`;
    this.#triggers.set(id, { user, expiresAt, used: false });
    keepNewest(this.#triggers, MOST_GRANTS);
    return id;
  }

  /** As if its time were over. */
  expireTrigger(id: string): void {
    const trigger = this.#triggers.get(id);
    if (trigger) trigger.expiresAt = new Date(0);
  }

  /** Uses the trigger up when it is valid. */
  useTrigger(id: string, now: Date): UsedTrigger {
    const trigger = this.#triggers.get(id);
    if (!trigger) return { state: "unknown" };
    if (trigger.used) return { state: "exchanged" };
    if (now > trigger.expiresAt) return { state: "expired" };
    trigger.used = true;
    return { state: "valid", user: trigger.user };
  }

  grantResponse(
    grant: Pick<ResponseGrant, "channel" | "user" | "expiresAt" | "original" | "threadTs">,
  ): ResponseGrant {
    const response = { ...grant, id: crypto.randomUUID().replaceAll("-", ""), uses: 0 };
    this.#responses.set(response.id, response);
    keepNewest(this.#responses, MOST_GRANTS);
    return response;
  }

  findResponse(id: string): ResponseGrant | undefined {
    return this.#responses.get(id);
  }

  /** A ticket for one socket. */
  grantTicket(expiresAt: Date): string {
    const ticket = crypto.randomUUID();
    this.#tickets.set(ticket, expiresAt);
    keepNewest(this.#tickets, MOST_GRANTS);
    return ticket;
  }

  /** Whether the ticket was good; it is not any more. */
  useTicket(ticket: string, now: Date): boolean {
    const expiresAt = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return expiresAt !== undefined && now <= expiresAt;
  }
}
