/** Every role in every place, decided by the functions that answers and reports go through. Pure. */
import {
  type ChannelFacts,
  type ChannelRef,
  type PersonFacts,
  parseChannel,
  personName,
} from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import { assertNever, type Result } from "../result.ts";
import { type AccessRules, type Caller, visibleTo } from "./access-rules.ts";
import { admit, admitReport, type PostRefusal, type QuestionRefusal } from "./admit.ts";
import { isOperator } from "./operators.ts";
import type { Readers } from "./readers.ts";

/** `member` is any colleague, in a team or not: teams give no rights. `stranger`: of another organisation. */
export const roles = [
  "report",
  "operator",
  "viewer",
  "member",
  "guest",
  "stranger",
  "former_member",
  "bot",
  "unchecked",
] as const;
export type Role = (typeof roles)[number];

const readerKinds: readonly Readers[] = ["colleagues", "guests", "unknown", "others"];

/** `slack:C0ALL`; a channel that kpi.yaml names nowhere; a direct message with the bot. */
export type Place = { kind: "channel"; channel: ChannelRef } | { kind: "direct"; platform: string };

export interface AccessCell {
  role: Role;
  place: Place;
  readers: Readers;
  /** Why nothing is told at all; null: `metrics` are. */
  refused: QuestionRefusal | PostRefusal | null;
  /** Ids. */
  metrics: readonly string[];
  /** May set targets, resend and skip from there. */
  operates: boolean;
}

export function accessMatrix(
  rules: AccessRules,
  places: readonly Place[],
  metrics: readonly Metric[],
): AccessCell[] {
  return places.flatMap((place) =>
    readersIn(place).flatMap((readers) =>
      rolesIn(place).map((role) => cellOf(rules, { role, place, readers }, metrics)),
    ),
  );
}

/** A direct message is between two. */
function readersIn(place: Place): readonly Readers[] {
  return place.kind === "direct" ? ["colleagues"] : readerKinds;
}

function rolesIn(place: Place): readonly Role[] {
  return place.kind === "direct" ? roles.filter((role) => role !== "report") : roles;
}

type Asked = Pick<AccessCell, "role" | "place" | "readers">;

function cellOf(rules: AccessRules, asked: Asked, metrics: readonly Metric[]): AccessCell {
  const acting = { ...rules, ...namingRole(rules, asked) };
  const caller = callerOf(acting, asked);
  if (!caller.ok) return { ...asked, refused: caller.fault, metrics: [], operates: false };
  const seen = visibleTo(acting, caller.value, metrics).map(({ id }) => id);
  return { ...asked, refused: null, metrics: seen, operates: isOperator(acting, caller.value) };
}

function callerOf(
  rules: AccessRules,
  { role, place, readers }: Asked,
): Result<Caller, QuestionRefusal | PostRefusal> {
  const facts = factsOf(readers);
  if (role === "report" && place.kind === "channel")
    return admitReport(rules, place.channel, facts);
  const platform = place.kind === "direct" ? place.platform : place.channel.platform;
  return admit(rules, {
    person: someone(platform),
    place: place.kind === "direct" ? { platform, channel: "D" } : place.channel,
    direct: place.kind === "direct",
    external: false,
    channelFacts: place.kind === "direct" ? null : facts,
    personFacts: personOf(role),
  });
}

/** Somebody whom kpi.yaml does not name; a role that it gives is given to them. */
const someone = (platform: string) => ({ platform, user: "*" });

function namingRole(rules: AccessRules, { role, place }: Asked): Partial<AccessRules> {
  const name = personName(
    someone(place.kind === "direct" ? place.platform : place.channel.platform),
  );
  if (role === "operator") return { operators: new Set([...rules.operators, name]) };
  if (role !== "viewer" || rules.sensitiveViewers === null) return {};
  return { sensitiveViewers: new Set([...rules.sensitiveViewers, name]) };
}

function factsOf(readers: Readers): ChannelFacts {
  const guests = readers === "unknown" ? null : readers === "guests";
  return { name: "", archived: false, direct: false, external: readers === "others", guests };
}

function personOf(role: Role): PersonFacts | null {
  const colleague = { name: "", guest: false, stranger: false, bot: false, active: true };
  switch (role) {
    case "report":
    case "operator":
    case "viewer":
    case "member":
      return colleague;
    case "guest":
      return { ...colleague, guest: true };
    case "stranger":
      return { ...colleague, stranger: true };
    case "former_member":
      return { ...colleague, active: false };
    case "bot":
      return { ...colleague, bot: true };
    case "unchecked":
      return null;
    default:
      return assertNever(role);
  }
}

/**
 * The channels that are named, as `slack:C0ALL`, and of their platforms any other channel (its id is
 * `*`) and a direct message. Who names none yet sees what holds in any of Slack's.
 */
export function placesOf(channels: readonly string[]): Place[] {
  const named = [...new Set(channels)].map(parseChannel).filter((ref) => ref !== null);
  const platforms =
    named.length > 0 ? [...new Set(named.map(({ platform }) => platform))] : ["slack"];
  return [
    ...named.map((channel): Place => ({ kind: "channel", channel })),
    ...platforms.flatMap((platform): Place[] => [
      { kind: "channel", channel: { platform, channel: "*" } },
      ...(platform === "discord" ? [] : [{ kind: "direct", platform } as const]),
    ]),
  ];
}
