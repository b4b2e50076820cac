/**
 * Where names without a schema are looked up, and how values are written; value-parsers.ts relies
 * on the last three. A caller's settings win, except over those.
 */
const defaults = { search_path: "bot, source, public" };
const fixed = { datestyle: "ISO, YMD", intervalstyle: "iso_8601", timezone: "UTC" };

interface Session {
  connectionString: string;
  /** Settings of every connection from its start, in libpq's form; they cost no round trip. */
  options: string;
  /** Settings to be made in every transaction instead; null where the connection holds them. */
  perTransaction: Readonly<Record<string, string>> | null;
}

/**
 * How the settings reach the server. With `?pgbouncer=true` in the URL they are made within each
 * transaction: PgBouncer in transaction mode gives every transaction another connection, and
 * refuses options at the start of one. A setting of null is left as the login has it. Otherwise the URL's own `options` come first and lose.
 */
export function planSession(
  url: string,
  settings: Readonly<Record<string, string | null>>,
): Session {
  const parsed = new URL(url);
  const wanted = Object.entries({ ...defaults, ...settings, ...fixed });
  const all = Object.fromEntries(wanted.flatMap(([name, to]) => (to === null ? [] : [[name, to]])));
  const own = parsed.searchParams.get("options");
  const pooled = isPooled(url);
  // Inside the URL they would win over ours.
  parsed.searchParams.delete("options");
  parsed.searchParams.delete("pgbouncer");
  const flags = Object.entries(all).map(
    ([name, value]) => `-c ${escapeOption(`${name}=${value}`)}`,
  );
  return {
    connectionString: parsed.toString(),
    options: pooled ? "" : [...(own === null ? [] : [own]), ...flags].join(" "),
    perTransaction: pooled ? all : null,
  };
}

/** Whether PgBouncer stands before the server: nothing may be left on a session then, a lock neither. */
export function isPooled(url: string): boolean {
  return new URL(url).searchParams.get("pgbouncer") === "true";
}

/** Spaces part the options; a backslash keeps one. Source: libpq, "options". */
function escapeOption(text: string): string {
  return text.replace(/[\\\s]/g, "\\$&");
}
