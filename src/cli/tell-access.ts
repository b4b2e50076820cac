import type { Block, Column, Message } from "../message.ts";
import { channelName } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import { type AccessCell, type Place, type Readers, type Role, roles } from "../policy/index.ts";

/** A line for each place and whoever reads there, a column for roles that see the same everywhere. */
export function tellAccess(
  cells: readonly AccessCell[],
  metrics: readonly Metric[],
  isLinksOnly: boolean,
): Message {
  const lines = linesOf(cells);
  const isTold = (role: Role) => cells.some((cell) => cell.role === role && cell.refused === null);
  const groups = groupsOf(lines, roles.filter(isTold));
  const label = (text: string): Column => ({ label: text, align: "left" });
  const columns = [
    label("where"),
    label("who reads there"),
    ...groups.map((group) => label(group.map((role) => roleNames[role]).join(", "))),
  ];
  const rows = lines.map((line) => ({
    place: placeName(line.place),
    readers: line.place.kind === "direct" ? "the asker alone" : readersNames[line.readers],
    told: groups.map(([role]) => sayCell(role && line.cells.get(role), metrics)),
  }));
  const sensitive = metrics.filter((metric) => metric.sensitive);
  const counted = `${metrics.length} metrics, ${sensitive.length} of them sensitive.`;
  const summary = isLinksOnly
    ? `No figure goes to chat (figures: links_only). Who is led to what: ${counted}`
    : `Who is told what: ${counted}`;
  const blocks: Block[] = [
    { kind: "text", text: summary },
    { kind: "table", caption: "Access", columns, rows: merged(rows) },
    { kind: "text", text: `Sensitive: ${sensitive.map(({ id }) => id).join(", ")}.` },
    { kind: "text", text: [sayUntold(roles.filter((role) => !isTold(role))), ...notes].join("\n") },
  ];
  return { summary, blocks };
}

interface Row {
  place: string;
  readers: string;
  told: readonly string[];
}

/** Of a place one line for all readers among whom the same is told. */
function merged(rows: readonly Row[]): string[][] {
  const lines = new Map<string, Row & { all: string[] }>();
  for (const row of rows) {
    const key = JSON.stringify([row.place, row.told]);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { ...row, all: [row.readers] });
    else line.all.push(row.readers);
  }
  return [...lines.values()].map(({ place, all, told }) => [place, all.join("; "), ...told]);
}

function sayUntold(untold: readonly Role[]): string {
  return `Nothing is told anywhere to ${untold.map((role) => roleNames[role]).join(", ")}.`;
}

const notes = [
  "Operators' commands (targets, resend, skip): operators, wherever they may ask; and the terminal, which sees everything.",
  "Muted metrics, which a channel may see and does not want, are not left out here.",
  "A direct message on Discord is answered to nobody.",
];

/** The same as data. */
export function accessJson({ place, ...cell }: AccessCell): Record<string, unknown> {
  return { place: placeName(place), ...cell };
}

interface Line {
  place: Place;
  readers: Readers;
  cells: ReadonlyMap<Role, AccessCell>;
}

function linesOf(cells: readonly AccessCell[]): Line[] {
  const lines = new Map<string, Line & { cells: Map<Role, AccessCell> }>();
  for (const cell of cells) {
    const key = JSON.stringify([placeName(cell.place), cell.readers]);
    const line = lines.get(key) ?? { place: cell.place, readers: cell.readers, cells: new Map() };
    line.cells.set(cell.role, cell);
    lines.set(key, line);
  }
  return [...lines.values()];
}

/** Roles that see the same on every line; a role that a line has not stands apart. */
function groupsOf(lines: readonly Line[], told: readonly Role[]): Role[][] {
  const groups = new Map<string, Role[]>();
  for (const role of told) {
    const column = lines.map(({ cells }) => {
      const cell = cells.get(role);
      return cell && (cell.refused === null ? cell.metrics : "refused");
    });
    const key = JSON.stringify(column);
    groups.set(key, [...(groups.get(key) ?? []), role]);
  }
  return [...groups.values()];
}

function sayCell(cell: AccessCell | undefined, metrics: readonly Metric[]): string {
  if (cell === undefined) return "";
  if (cell.refused !== null) return "nothing";
  if (cell.metrics.length === metrics.length) return `all ${metrics.length}`;
  return `${cell.metrics.length}, not the sensitive`;
}

function placeName(place: Place): string {
  if (place.kind === "direct") return `${place.platform}, a direct message`;
  return place.channel.channel === "*"
    ? `${place.channel.platform}, any other channel`
    : channelName(place.channel);
}

const readersNames = {
  colleagues: "members",
  guests: "guests too",
  unknown: "guests perhaps",
  others: "another organisation",
} as const satisfies Record<Readers, string>;

const roleNames = {
  report: "a report",
  operator: "an operator",
  viewer: "a viewer",
  member: "a member",
  guest: "a guest",
  stranger: "somebody of another organisation",
  former_member: "a former member",
  bot: "another bot",
  unchecked: "who cannot be checked",
} as const satisfies Record<Role, string>;
