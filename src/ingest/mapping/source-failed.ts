import type { ImportFault } from "../fault.ts";

/** Carries a fault of the user's own database out of a COPY into ours. */
export class SourceFailed extends Error {
  override name = "SourceFailed";
  readonly fault: ImportFault;

  constructor(fault: ImportFault) {
    super(fault.kind);
    this.fault = fault;
  }
}
