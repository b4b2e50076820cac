/** At which boundary to strike: where it has been struck least, so that all steps get their share. */
import { type Boundary, steps } from "./step.ts";

type Mark = `${string}, ${Boundary["phase"]}`;

const PHASES = ["asked", "answered"] as const;
/** One strike in so many falls anywhere: into the start, the clock's tick, the refresh, the jobs. */
const ANYWHERE_EVERY = 8;
/** A start and a Monday pass about so many boundaries; a prime, to come to each. */
const BOUNDARIES = 1_499;

export class Aims {
  readonly #struck = new Map<Mark, number>();
  /** How often it was waited for in vain. */
  readonly #missed = new Map<Mark, number>();
  #anywhere = 0;
  #passed = 0;
  strikes = 0;

  constructor() {
    for (const step of steps) for (const phase of PHASES) this.#struck.set(`${step}, ${phase}`, 0);
  }

  /** Whether to strike here; if so, it is counted. */
  isHere({ step, phase }: Boundary): boolean {
    this.#passed++;
    if (this.strikes % ANYWHERE_EVERY === ANYWHERE_EVERY - 1) {
      if (this.#passed <= (this.#anywhere * 379) % BOUNDARIES) return false;
      this.#anywhere++;
    } else {
      const mark: Mark = `${step}, ${phase}`;
      if (step === null || this.#cost(mark) > this.#least()) return false;
      this.#struck.set(mark, (this.#struck.get(mark) ?? 0) + 1);
    }
    this.#passed = 0;
    this.strikes++;
    return true;
  }

  /** What has not come is not waited for again before the others. */
  giveUp(): void {
    const least = this.#least();
    for (const mark of this.#struck.keys())
      if (this.#cost(mark) === least) this.#missed.set(mark, (this.#missed.get(mark) ?? 0) + 1);
  }

  /** `lease 40+38, ..., anywhere 21`: as it was asked, and as it was answered. */
  spread(): string {
    const of = (step: string): string =>
      PHASES.map((phase) => this.#struck.get(`${step}, ${phase}`) ?? 0).join("+");
    return [...steps.map((step) => `${step} ${of(step)}`), `anywhere ${this.#anywhere}`].join(", ");
  }

  #cost(mark: Mark): number {
    return (this.#struck.get(mark) ?? 0) + (this.#missed.get(mark) ?? 0);
  }

  #least(): number {
    return Math.min(...[...this.#struck.keys()].map((mark) => this.#cost(mark)));
  }
}
