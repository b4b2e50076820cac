/**
 * How PostgreSQL's values arrive, for our own connections only:
 * date `2026-11-24`; timestamptz ISO 8601 in UTC, `2026-11-24T22:42:54.123456Z`, all six digits
 * kept; timestamp the same without a zone; interval ISO 8601; `infinity` as it stands;
 * numeric a string, exact; bigint a number, and a RangeError beyond 2^53 rather than a wrong one.
 * Arrays of these follow their elements. All else is pg's own: float8 a number, json parsed.
 */
import pg from "pg";

type Parser = (text: string) => unknown;
type Tree = string | null | Tree[];

const element: ReadonlyArray<{ oid: number; arrayOid: number; parse: Parser }> = [
  { oid: 20, arrayOid: 1016, parse: parseBigint },
  { oid: 1082, arrayOid: 1182, parse: (text) => text },
  { oid: 1114, arrayOid: 1115, parse: (text) => text.replace(" ", "T") },
  { oid: 1184, arrayOid: 1185, parse: parseTimestamptz },
  { oid: 1186, arrayOid: 1187, parse: (text) => text },
  { oid: 1700, arrayOid: 1231, parse: (text) => text },
];

const parsers = new Map<number, Parser>(
  element.flatMap(
    ({ oid, arrayOid, parse }): Array<[number, Parser]> => [
      [oid, parse],
      [arrayOid, (text) => parseArray(text, parse)],
    ],
  ),
);

export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    return parsers.get(oid) ?? pg.types.getTypeParser(oid, format ?? "text");
  },
};

export function parseBigint(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number))
    throw new RangeError("a bigint is beyond 2^53; cast it to text");
  return number;
}

/** The session's time zone is UTC, so the offset is +00 unless a transaction chose another. */
export function parseTimestamptz(text: string): string {
  if (text.endsWith("infinity")) return text;
  const iso = text.replace(" ", "T");
  if (iso.endsWith("+00") && iso.length <= 29) return `${iso.slice(0, -3)}Z`;
  return Temporal.Instant.from(iso).toString();
}

const textArrayOid: number = 1009;
const parseTextArray = pg.types.getTypeParser(textArrayOid, "text");

function parseArray(text: string, parse: Parser): unknown {
  const tree: Tree = parseTextArray(text);
  return mapTree(tree, parse);
}

function mapTree(tree: Tree, parse: Parser): unknown {
  if (Array.isArray(tree)) return tree.map((each) => mapTree(each, parse));
  return tree === null ? null : parse(tree);
}
