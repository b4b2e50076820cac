/** `At` has the faults of each place by its name. */
export interface PlannedFault<At, P extends keyof At = keyof At> {
  place: P;
  fault: At[P];
  /** How often it will still be met; infinite for always. */
  left: number;
}

/** What is to go wrong, and how often it has. At each place the first that was planned comes first. */
export class PlannedFaults<At> {
  #planned: PlannedFault<At>[] = [];
  readonly #met = new Map<keyof At, number>();
  readonly #changed: () => void;

  /** `changed` is called after every change, for who shows them. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The next `times` calls, deliveries or files meet the fault. */
  next<P extends keyof At>(place: P, fault: At[P], times = 1): void {
    const planned: PlannedFault<At, P> = { place, fault, left: times };
    this.#planned.push(planned);
    this.#changed();
  }

  /** All of them meet it, until it is cleared. */
  always<P extends keyof At>(place: P, fault: At[P]): void {
    this.next(place, fault, Number.POSITIVE_INFINITY);
  }

  /** Ends the faults of a place, or of all; what has been counted stays. */
  clear(place?: keyof At): void {
    this.#planned = this.#planned.filter((one) => place !== undefined && one.place !== place);
    this.#changed();
  }

  /** How many faults were met at a place. */
  count(place: keyof At): number {
    return this.#met.get(place) ?? 0;
  }

  planned(): readonly PlannedFault<At>[] {
    return this.#planned;
  }

  /** The fault that is met now, if one is; it is used up by one. `isMet`: whether it concerns this call at all. */
  take<P extends keyof At>(place: P, isMet: (fault: At[P]) => boolean = () => true): At[P] | null {
    const first = this.#planned.find((one) => isAt(one, place) && isMet(one.fault));
    if (!first || !isAt(first, place)) return null;
    first.left -= 1;
    this.#planned = this.#planned.filter((one) => one.left > 0);
    this.#met.set(place, this.count(place) + 1);
    this.#changed();
    return first.fault;
  }
}

function isAt<At, P extends keyof At>(
  planned: PlannedFault<At>,
  place: P,
): planned is PlannedFault<At, P> {
  return planned.place === place;
}
