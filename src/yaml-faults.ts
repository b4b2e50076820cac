/**
 * What a schema finds wrong with a YAML text, in a person's words: where it is, what is wanted, and
 * the nearest of what is allowed. Never the value itself, which may be a secret.
 */
import { z } from "zod";
import { nearest } from "./nearest.ts";
import type { KeyPath, Place, Places } from "./yaml-places.ts";

export interface YamlFault extends Place {
  /** The keys that lead there, such as `scorecard.at`; empty for the file itself. */
  path: string;
  /** Without a full stop. */
  problem: string;
}

/** In the order of the text. `base`: the keys above what the schema was asked about. */
export function schemaFaults(
  { issues }: z.ZodError,
  schema: z.ZodType,
  places: Places,
  base: KeyPath = [],
): YamlFault[] {
  return issues
    .flatMap((issue) => faultsOf(issue, { schema, places, base }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

interface Asked {
  schema: z.ZodType;
  places: Places;
  base: KeyPath;
}

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue, asked: Asked): YamlFault[] {
  const { places } = asked;
  const path = pathOf(issue, asked);
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysOf(schemaAt(asked.schema, relative(issue)));
      return issue.keys.map((key) =>
        faultAt(places.ofKey([...path, key]), [...path, key], unknownKey(key, known)),
      );
    }
    case "invalid_key":
      return [
        faultAt(
          places.ofKey(path),
          path,
          `a key here must be ${issue.issues[0]?.message ?? "another"}`,
        ),
      ];
    case "invalid_union": {
      const branch = issue.errors.find((issues) => !issues.some(isOfAnotherType));
      if (branch !== undefined)
        return branch.flatMap((inner) =>
          faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, asked),
        );
      const wanted = issue.errors
        .flat()
        .map((inner) => wantedBy({ ...inner, path: issue.path }, asked));
      return [
        faultAt(places.of(path), path, must([...new Set(wanted)].join(" or "), path, places)),
      ];
    }
    default:
      return [faultAt(places.of(path), path, must(wantedBy(issue, asked), path, places))];
  }
}

function isOfAnotherType({ code, path }: Issue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}

function faultAt(place: Place, path: KeyPath, problem: string): YamlFault {
  return { ...place, path: path.join("."), problem };
}

function relative({ path }: Issue): (string | number)[] {
  return path.map((key) => (typeof key === "number" ? key : String(key)));
}

function pathOf(issue: Issue, { base }: Asked): (string | number)[] {
  return [...base, ...relative(issue)];
}

function unknownKey(key: string, known: readonly string[]): string {
  const [near] = nearest(key, known);
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `"${key}" is no key here.${hint} Keys: ${known.join(", ")}`;
}

/** Of a value, or of none where one is needed. */
function must(wanted: string, path: KeyPath, places: Places): string {
  const value = places.valueAt(path);
  if (value === undefined && path.length > 0) return `is missing; it must be ${wanted}`;
  if (value === null) return `is empty; it must be ${wanted}, or leave the key out`;
  return `must be ${wanted}`;
}

/** What is wanted in the place of what an issue is about, as a noun. */
function wantedBy(issue: Issue, asked: Asked): string {
  const at = schemaAt(asked.schema, relative(issue));
  switch (issue.code) {
    case "invalid_type":
      return descriptionOf(at) ?? typeWords(issue.expected, at);
    case "invalid_value":
      return choice(allowedAt(issue, asked), asked.places.valueAt(pathOf(issue, asked)));
    case "too_small":
    case "too_big":
      return rangeWords(issue, at);
    case "invalid_format":
      return descriptionOf(at) ?? formatWords(issue);
    default:
      return issue.message;
  }
}

function allowedAt(issue: Extract<Issue, { code: "invalid_value" }>, { schema }: Asked): string[] {
  const path = relative(issue);
  const above = schemaAt(schema, path.slice(0, -1));
  let at = above instanceof z.ZodObject ? above.shape[path.at(-1) ?? ""] : undefined;
  while (at instanceof z.ZodOptional || at instanceof z.ZodDefault) at = at.unwrap();
  return [...issue.values.map(String), ...(at instanceof z.ZodNullable ? ["null"] : [])];
}

function formatWords(issue: Extract<Issue, { code: "invalid_format" }>): string {
  return "prefix" in issue ? `a text that begins with ${issue.prefix}` : issue.message;
}

function descriptionOf(schema: Schema): string | undefined {
  return schema instanceof z.ZodType ? schema.description : undefined;
}

function choice(allowed: readonly string[], value: unknown): string {
  const [near] = typeof value === "string" ? nearest(value, allowed) : [];
  const hint = near === undefined ? "" : `. Did you mean "${near}"?`;
  return allowed.length === 1 ? `${allowed[0]}${hint}` : `one of ${allowed.join(", ")}${hint}`;
}

function typeWords(expected: string, schema: Schema): string {
  switch (expected) {
    case "boolean":
      return "true or false";
    case "string":
      return "a text; one that looks like a number or a date needs quotes";
    case "int":
      return "a whole number";
    case "number":
      return isWhole(schema) ? "a whole number" : "a number";
    case "array":
      return "a list, such as [first, second]";
    case "record":
      return "names, each with what belongs to it";
    default:
      return `a block with the keys ${keysOf(schema).join(", ")}`;
  }
}

type Bound = Extract<Issue, { code: "too_small" | "too_big" }>;

function rangeWords(issue: Bound, schema: Schema): string {
  if (issue.origin === "string" || issue.origin === "array")
    return issue.code === "too_small" ? "something: it is empty" : `at most ${issue.maximum} long`;
  if (issue.inclusive && schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema;
    if (isBound(minValue) && isBound(maxValue)) return `from ${minValue} to ${maxValue}`;
  }
  if (issue.code === "too_small")
    return `${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
  return `${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
}

function isWhole(schema: Schema): boolean {
  if (schema instanceof z.ZodUnion)
    return schema.options.some((option) => isWhole(unwrapped(option)));
  return schema instanceof z.ZodNumber && schema.isInt;
}

/** Whole numbers have the bounds of what is exact by themselves. */
function isBound(value: number | null): boolean {
  return value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

type Schema = z.core.$ZodType | null;

/** The part of a schema that judges what stands under a path. */
function schemaAt(schema: z.core.$ZodType, path: KeyPath): Schema {
  const bare = unwrapped(schema);
  const [key, ...rest] = path;
  if (key === undefined) return bare;
  if (bare instanceof z.ZodObject) {
    const inner: z.core.$ZodType | undefined = bare.shape[key];
    return inner === undefined ? null : schemaAt(inner, rest);
  }
  if (bare instanceof z.ZodRecord) return schemaAt(bare.valueType, rest);
  if (bare instanceof z.ZodArray) return schemaAt(bare.element, rest);
  if (!(bare instanceof z.ZodUnion)) return null;
  return (
    bare.options.map((option) => schemaAt(option, path)).find((found) => found !== null) ?? null
  );
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  )
    return unwrapped(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
}

function keysOf(schema: Schema): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (!(schema instanceof z.ZodUnion)) return [];
  return schema.options.flatMap((option) => keysOf(unwrapped(option)));
}
