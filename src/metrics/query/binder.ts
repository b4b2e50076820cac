/** Collects the values of a statement while its text is built, so that none is ever spliced in. */
export interface Binder {
  readonly values: unknown[];
  /** Gives `$n::type` for a value. */
  bind(value: unknown, type: string): string;
}

export function newBinder(): Binder {
  const values: unknown[] = [];
  return {
    values,
    bind(value, type) {
      values.push(value);
      return `$${values.length}::${type}`;
    },
  };
}
