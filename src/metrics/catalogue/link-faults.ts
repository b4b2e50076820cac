/** Whether an entry's `links:` can be filled in and opened, and lead where they seem to. */
import type { Definition } from "./definition.ts";

/** What a link may hold beside the names of dimensions; in braces, as `{tier}`. */
const linkNames = ["week", "first_day", "last_day", "tenure"] as const;

const placeholder = /\{([^{}]*)\}/g;

/** One text a fault, of one link or of several. */
export function linkFaults({
  links,
  dimensions,
}: Pick<Definition, "links" | "dimensions">): string[] {
  return links.flatMap((link) => linkFault(link, [...linkNames, ...dimensions]));
}

function linkFault(link: string, names: readonly string[]): string[] {
  const strangers = [...link.matchAll(placeholder)].map((match) => match[1] ?? "");
  const unknown = strangers.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    return [
      `${link}: {${unknown.join("}, {")}} cannot be filled in. Possible: ${names.join(", ")}`,
    ];
  const filled = link.replace(placeholder, "x");
  if (/[{}]/.test(filled)) return [`${link}: a brace is opened and not closed, or the other way`];
  if (!URL.canParse(filled)) return [`${link}: no address`];
  const { username, password } = new URL(filled);
  if (username !== "" || password !== "") return [`${link}: an address with a name or a password`];
  // A value must not decide whose site is opened.
  const [, , host = ""] = link.split("/");
  return /[{}?#\\]/.test(host)
    ? [`${link}: the site's name must stand as it is, before a slash`]
    : [];
}

/** The address with its placeholders filled in, URL-encoded; what is not given is left empty. */
export function fillLink(
  link: string,
  values: Readonly<Record<string, readonly string[]>>,
): string {
  return link.replace(placeholder, (_, name: string) =>
    encodeURIComponent((values[name] ?? []).join(",")),
  );
}
