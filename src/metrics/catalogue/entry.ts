/**
 * The kinds of entries that definition files hold. The key that names an entry says which it is:
 * `id` a metric, `driver`, `team` or `group` one of the tree that metrics stand in, `dimension` what
 * accounts are told apart by.
 */
import { z } from "zod";
import { type Definition, definitionSchema } from "./definition.ts";

const text = z.string().min(1);

/** Who owns metrics and drivers; where it is met in chat says kpi.yaml. */
const teamSchema = z.strictObject({ team: text, name: text });

/** What the success metrics are of, such as R, what the company earns. */
const groupSchema = z.strictObject({ group: text, name: text });

/** What is done to move a success metric, and by whom. */
const driverSchema = z.strictObject({
  /** Its code, such as C.3.2. */
  driver: z.string().regex(/^\S+$/, "a code without spaces, such as C.3.2"),
  name: text,
  what: text,
  /** The success metric that it moves. */
  parent: text,
  owners: z.array(text).min(1),
  /** Ids of all metrics under it, in order; absent: those that name it among their parents. */
  metrics: z.array(text).optional(),
});

const dimensionSchema = z.strictObject({
  dimension: z.string().regex(/^[a-z][a-z0-9_]*$/, "lower case letters, digits and _"),
  what: text,
  /** One SELECT of `account_id` and `value`, a row an account. */
  sql: text,
  /** Of all metrics that are cut by accounts; else of those that name it. */
  everywhere: z.boolean().default(false),
});

export type DimensionEntry = z.infer<typeof dimensionSchema>;
export type Team = z.infer<typeof teamSchema>;
export type Group = z.infer<typeof groupSchema>;
export type DriverEntry = z.infer<typeof driverSchema>;

export interface EntryOf {
  id: Definition;
  driver: DriverEntry;
  team: Team;
  group: Group;
  dimension: DimensionEntry;
}
/** The key that names an entry. */
export type NamingKey = keyof EntryOf;

export const entrySchemas: { readonly [Key in NamingKey]: z.ZodType<EntryOf[Key]> } = {
  id: definitionSchema,
  driver: driverSchema,
  team: teamSchema,
  group: groupSchema,
  dimension: dimensionSchema,
};

/** An entry that names itself as nothing is taken for a metric, whose id is missing. */
export function namingKeyOf(entry: unknown): NamingKey {
  const isNamed = (key: string): key is NamingKey => Object.hasOwn(entrySchemas, key);
  const keys = typeof entry === "object" && entry !== null ? Object.keys(entry) : [];
  return keys.find(isNamed) ?? "id";
}
