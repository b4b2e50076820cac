import type { FaultAt, FaultPlace } from "./fault.ts";

export interface PlannedFault<P extends FaultPlace = FaultPlace> {
  place: P;
  fault: FaultAt[P];
  /** How often it will still be met; infinite for always. */
  left: number;
}

/** What is to go wrong, and how often it has. At each place the first that was planned comes first. */
export class Faults {
  #planned: PlannedFault[] = [];
  readonly #met = new Map<FaultPlace, number>();
  readonly #changed: () => void;

  /** `changed` is called after every change, for who shows them. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The next `times` calls, deliveries or files meet the fault. */
  next<P extends FaultPlace>(place: P, fault: FaultAt[P], times = 1): void {
    const planned: PlannedFault<P> = { place, fault, left: times };
    this.#planned.push(planned);
    this.#changed();
  }

  /** All of them meet it, until it is cleared. */
  always<P extends FaultPlace>(place: P, fault: FaultAt[P]): void {
    this.next(place, fault, Number.POSITIVE_INFINITY);
  }

  /** Ends the faults of a place, or of all; what has been counted stays. */
  clear(place?: FaultPlace): void {
    this.#planned = this.#planned.filter((one) => place !== undefined && one.place !== place);
    this.#changed();
  }

  /** How many faults were met at a place. */
  count(place: FaultPlace): number {
    return this.#met.get(place) ?? 0;
  }

  planned(): readonly PlannedFault[] {
    return this.#planned;
  }

  /** The fault that is met now, if one is; it is used up by one. */
  take<P extends FaultPlace>(place: P): FaultAt[P] | null {
    const first = this.#planned.find((one) => isAt(one, place));
    if (!first || !isAt(first, place)) return null;
    first.left -= 1;
    this.#planned = this.#planned.filter((one) => one.left > 0);
    this.#met.set(place, this.count(place) + 1);
    this.#changed();
    return first.fault;
  }
}

function isAt<P extends FaultPlace>(planned: PlannedFault, place: P): planned is PlannedFault<P> {
  return planned.place === place;
}
