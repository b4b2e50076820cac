export interface ConfigFault {
  /** The variable, or file:line and key. */
  where: string;
  problem: string;
  /** What to do about it. */
  next: string;
  /** There is nothing, where something is needed. */
  isMissing?: true;
}
