/** kpi.yaml: its schema, its defaults, and its faults with their lines. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type Document, isNode } from "yaml";
import { z } from "zod";
import { readYaml, tooLarge, yamlBytes } from "../yaml-text.ts";
import type { ConfigFault } from "./config-fault.ts";

const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
const channel = z
  .string()
  .regex(/^(slack|discord):[A-Za-z0-9]+$/, "written slack:<id> or discord:<id>");
const team = z.strictObject({
  channels: z.array(channel).default([]),
  mention: channel.optional(),
  members: z.array(channel).default([]),
});
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "09:00", in quotes');
const timeZone = z.string().refine(isTimeZone, "an IANA time zone such as Europe/London");

const companySchema = z.strictObject({
  time_zone: timeZone.default("UTC"),
  week_starts: z.enum(weekdays).default("monday"),
  fiscal_year_starts: z.int().min(1).max(12).default(1),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "an ISO currency code such as USD")
    .default("USD"),
  locale: z.string().refine(isLocale, "a locale such as en-GB").default("en-GB"),
  owner: channel.optional(),
  catalogue: z.string().optional(),
  mapping: z.string().optional(),
  teams: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, "a team's name in capitals, such as GTM"), team)
    .default({}),
  channels: z
    .record(
      channel,
      z.strictObject({
        sensitive: z.boolean().default(false),
        reply: z.enum(["public", "private"]).default("public"),
        muted: z.array(z.string()).default([]),
      }),
    )
    .default({}),
  scorecard: z
    .strictObject({
      channels: z.array(channel).default([]),
      day: z.enum(weekdays).default("monday"),
      at: wallTime.default("09:00"),
      hold_until: wallTime.optional(),
      metrics: z.array(z.string()).optional(),
    })
    .prefault({}),
  breakdowns: z
    .strictObject({ day: z.enum(weekdays).default("monday"), at: wallTime.default("09:00") })
    .prefault({}),
  operators: z.array(channel).default([]),
  viewers: z.strictObject({ sensitive: z.array(channel).optional() }).prefault({}),
  sources: z.strictObject({ every: wallTime, from: z.string() }).optional(),
  metrics: z
    .strictObject({
      usage_measure: z.enum(["tokens", "api_calls", "core_events"]).default("tokens"),
      arr_basis: z.enum(["contracted", "run_rate"]).default("contracted"),
      adoption: z
        .strictObject({ weeks: z.int().positive().default(7), of: z.int().positive().default(13) })
        .prefault({}),
      acquisition_days: z.int().positive().default(91),
    })
    .prefault({}),
  fonts: z.string().optional(),
  theme: z.enum(["light", "dark"]).default("light"),
});

/** The keys of kpi.yaml, which the reference must name. */
export const companyKeys = Object.keys(companySchema.shape);

/** kpi.yaml with its defaults. */
export type Company = z.infer<typeof companySchema>;

export function defaultCompany(): Company {
  return companySchema.parse({});
}

/** Null after adding what is wrong to `faults`. `named`: the file was asked for by name. */
export function readCompany(file: string, named: boolean, faults: ConfigFault[]): Company | null {
  if (!named && !existsSync(file)) return defaultCompany();
  const text = readText(file, named, faults);
  return text === null ? null : parseCompany(path.basename(file), text, faults);
}

function readText(file: string, named: boolean, faults: ConfigFault[]): string | null {
  try {
    if (statSync(file).size <= yamlBytes) return readFileSync(file, "utf8");
    const next = "Name a file that holds settings alone.";
    faults.push({ where: path.basename(file), problem: `the file is ${tooLarge}`, next });
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    faults.push({
      where: named ? "KPI_CONFIG" : path.basename(file),
      problem: code === "ENOENT" ? "there is no such file" : `the file cannot be read (${code})`,
      next: named
        ? "Correct the path, or unset KPI_CONFIG to use kpi.yaml in this folder."
        : "Check that it is a file which this user may read.",
    });
    return null;
  }
}

function parseCompany(name: string, text: string, faults: ConfigFault[]): Company | null {
  const yaml = readYaml(text);
  if (!yaml.ok) {
    for (const { line, message } of yaml.fault)
      faults.push({ where: `${name}:${line}`, problem: message, next: "Correct the file." });
    return null;
  }
  const { document, lines, value } = yaml.value;
  const parsed = companySchema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const node = deepestNode(document, issue.path);
    faults.push({
      where: `${name}:${lines.linePos(node).line} ${issue.path.join(".")}`.trim(),
      problem: companyProblem(issue),
      next: "Correct the key; docs/reference.md lists all of them.",
    });
  }
  return null;
}

function deepestNode(document: Document.Parsed, keys: readonly PropertyKey[]): number {
  for (let depth = keys.length; depth >= 0; depth--) {
    const node = document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function companyProblem(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `no such key: ${issue.keys.join(", ")}`;
  if (issue.code === "invalid_value") return `one of: ${issue.values.join(", ")}`;
  return issue.message;
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function isLocale(name: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length > 0;
  } catch {
    return false;
  }
}

export type Weekday = (typeof weekdays)[number];

/** ISO weekday, 1 Monday to 7 Sunday. */
export function isoWeekday(name: Weekday): number {
  return weekdays.indexOf(name) + 1;
}
