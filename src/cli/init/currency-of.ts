/** Which currency somebody's data are in, as far as they say so. */

interface Columns {
  columns: readonly { name: string; values: readonly string[] }[];
}

export interface FoundCurrency {
  currency: string;
  why: string;
}

/** A column of currencies that has one value only, or the one that names of amounts end in. */
export function currencyOf(relations: readonly Columns[]): FoundCurrency | null {
  const columns = relations.flatMap((relation) => relation.columns);
  const told = columns
    .filter(({ name }) => /(^|_| )currency$/i.test(name))
    .flatMap(({ values }) => values.map((value) => value.toUpperCase()));
  if (told.length > 0) return onlyOne(told, "the only one in your data");
  const named = columns.flatMap(({ name }) => /[ _(](usd|eur|gbp)\)?$/i.exec(name)?.[1] ?? []);
  return onlyOne(
    named.map((code) => code.toUpperCase()),
    "by the names of your columns",
  );
}

function onlyOne(codes: readonly string[], why: string): FoundCurrency | null {
  const [currency, ...others] = new Set(codes);
  return currency !== undefined && others.length === 0 && /^[A-Z]{3}$/.test(currency)
    ? { currency, why }
    : null;
}
