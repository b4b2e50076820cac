/** Which columns of a file are which of a source table's: by their names, and by what they hold. */
import type { TableColumn, TableShape } from "../table-shape.ts";
import { allowedValues } from "./allowed-values.ts";
import { foldName, foldNoun, isNumbered } from "./fold-name.ts";
import { type Form, formFor, hasTwoReadings } from "./forms.ts";
import type { ColumnProfile, Relation } from "./profile.ts";
import type { TableWords } from "./table-words.ts";

/** A guess that is less sure is not made: a wrong one costs more than an empty one. */
const CONFIDENCE = 0.8;

export interface MatchedColumn {
  column: TableColumn;
  from: ColumnProfile;
  /** How its text becomes the column's; null: it is taken as it is. */
  form: Form | null;
  confidence: number;
  /** What is taken for what, where the name only comes near. */
  near: string | null;
}

export interface TableMatch {
  relation: Relation;
  shape: TableShape;
  words: TableWords;
  /** The file is called like the table. */
  isCalled: boolean;
  columns: ReadonlyMap<string, MatchedColumn>;
  /** Columns called alike that hold something else, with why they were left. */
  refused: readonly string[];
}

/**
 * Each column goes to the first name that it answers to. The confidence is that of the name (1 for
 * the table's own, 0.95 for a sure one, 0.9 for one that is sure in such a file only, 0.85 for one
 * that comes near) times the share of values that can be read as the column's type.
 */
export function matchTable(relation: Relation, shape: TableShape, words: TableWords): TableMatch {
  const noun = foldNoun(relation.name);
  const isCalled = [foldNoun(shape.table), ...words.called].includes(noun);
  const nouns = isCalled ? [noun, ...words.called] : [];
  const columns = new Map<string, MatchedColumn>();
  const refused: string[] = [];
  for (const column of shape.columns) {
    const named = namedAs(column, relation, words, nouns);
    const judged = named.map((name) => ({
      name,
      read: readAs(column, shape, name.from, relation),
    }));
    const best = judged.find(({ read }) => read !== null);
    if (best?.read)
      columns.set(column.name, {
        column,
        from: best.name.from,
        form: best.read.form,
        near: best.name.near,
        confidence: best.name.confidence * best.read.fit,
      });
    else if (judged[0]) refused.push(refusal(column, judged[0].name.from));
  }
  const sure = [...columns].filter(([, { confidence }]) => confidence >= CONFIDENCE);
  return { relation, shape, words, isCalled, columns: new Map(sure), refused };
}

interface Named {
  from: ColumnProfile;
  confidence: number;
  near: string | null;
}

/** The file's columns that the table's column may be, the best first. */
function namedAs(
  { name }: TableColumn,
  { columns }: Relation,
  words: TableWords,
  nouns: readonly string[],
): Named[] {
  const { names = [], own = [], near = {} } = words.columns[name] ?? {};
  const wanted = [
    { words: [foldName(name)], confidence: 1 },
    { words: names.map(foldName), confidence: 0.95 },
    { words: nouns.length > 0 ? own.map(foldName) : [], confidence: 0.9 },
    { words: Object.keys(near), confidence: 0.85 },
  ];
  return wanted.flatMap(({ words: list, confidence }) =>
    list.flatMap((word) =>
      columns
        .filter((from) => answersTo(from.name, word, nouns))
        .sort((a, b) => Number(isNumbered(a.name)) - Number(isNumbered(b.name)))
        .map((from) => ({
          from,
          confidence,
          near: confidence === 0.85 ? (near[word] ?? null) : null,
        })),
    ),
  );
}

/** `Ticket Created At` of a file of tickets is called `created at` as well. */
function answersTo(name: string, word: string, nouns: readonly string[]): boolean {
  const folded = foldName(name);
  return folded === word || nouns.some((noun) => folded === `${noun} ${word}`);
}

/** Null where the values are none of the column's type. An empty column may be filled one day. */
function readAs(
  column: TableColumn,
  shape: TableShape,
  from: ColumnProfile,
  { hasLines }: Relation,
): { form: Form | null; fit: number } | null {
  if (from.filled === 0) return { form: null, fit: 1 };
  // A database knows its numbers, and writes them in one way.
  if (hasLines && hasTwoReadings(column.type, from.forms)) return null;
  if (column.type === "text" || column.type === "jsonb") {
    const allowed = allowedValues(shape, column.name);
    if (allowed === null || shape.table === "subscription_periods") return { form: null, fit: 1 };
    const known = from.values.filter((value) => allowed.includes(value.toLowerCase()));
    return known.length > 0 && known.length === from.values.length ? { form: null, fit: 1 } : null;
  }
  return formFor(column.type, from.forms, from.filled);
}

function refusal({ name, type }: TableColumn, from: ColumnProfile): string {
  return `${name}: ${JSON.stringify(from.name)} is called like it, and ${whyNot(type, from)}`;
}

function whyNot(type: string, { forms, filled, values }: ColumnProfile): string {
  if (forms.either_first === filled)
    return "no value of it tells whether the day or the month is written first";
  if (hasTwoReadings(type, forms))
    return "no value of it tells whether 1.234 is more than a thousand or a little more than one";
  const shown = values.length > 0 ? `: it has ${values.slice(0, 4).join(", ")}` : "";
  return type === "text"
    ? `holds other values than are allowed${shown}`
    : `does not hold what reads as ${type}${shown}`;
}
