/** What the bot may use a few times and not for long: trigger ids, response addresses, tickets. */

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

type TriggerState = "valid" | "expired" | "exchanged" | "unknown";

export const RESPONSE_URL_USES = 5;

export class Grants {
  readonly #triggers = new Map<string, { expiresAt: Date; used: boolean }>();
  readonly #responses = new Map<string, ResponseGrant>();
  readonly #tickets = new Map<string, Date>();

  grantTrigger(expiresAt: Date): string {
    const id = `${this.#triggers.size + 1}.0.${crypto.randomUUID().replaceAll("-", "")}`;
    this.#triggers.set(id, { expiresAt, used: false });
    return id;
  }

  /** Uses the trigger up when it is valid. */
  useTrigger(id: string, now: Date): TriggerState {
    const trigger = this.#triggers.get(id);
    if (!trigger) return "unknown";
    if (trigger.used) return "exchanged";
    if (now > trigger.expiresAt) return "expired";
    trigger.used = true;
    return "valid";
  }

  grantResponse(
    grant: Pick<ResponseGrant, "channel" | "user" | "expiresAt" | "original" | "threadTs">,
  ): ResponseGrant {
    const response = { ...grant, id: crypto.randomUUID().replaceAll("-", ""), uses: 0 };
    this.#responses.set(response.id, response);
    return response;
  }

  findResponse(id: string): ResponseGrant | undefined {
    return this.#responses.get(id);
  }

  /** A ticket for one socket. */
  grantTicket(expiresAt: Date): string {
    const ticket = crypto.randomUUID();
    this.#tickets.set(ticket, expiresAt);
    return ticket;
  }

  /** Whether the ticket was good; it is not any more. */
  useTicket(ticket: string, now: Date): boolean {
    const expiresAt = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return expiresAt !== undefined && now <= expiresAt;
  }
}
