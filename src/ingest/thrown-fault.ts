import type { ImportFault } from "./fault.ts";

/** Carries a fault out of what ends only on a throw: a transaction, which rolls back by it, or a stream. */
export class ThrownFault extends Error {
  override name = "ThrownFault";
  readonly fault: ImportFault;

  constructor(fault: ImportFault) {
    super(fault.kind);
    this.fault = fault;
  }
}
