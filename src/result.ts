/** What may be expected to fail is a value with a fault; only bugs and lost connections are thrown. */
export type Result<T, F> = { ok: true; value: T } | { ok: false; fault: F };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function failed<F>(fault: F): { ok: false; fault: F } {
  return { ok: false, fault };
}

/** Closes a union: a new member fails to compile here until every place handles it. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
