import type { Block, Column, Message } from "../message.ts";
import type { AuditEntry } from "../policy/index.ts";

const heads = ["when", "what", "who", "where", "by", "of", "why"];
const columns = heads.map((label): Column => ({ label, align: "left" }));

/** A line an entry, by the clock of `zone`. */
export function tellAudit(
  entries: readonly AuditEntry[],
  since: Temporal.PlainDate,
  zone: string,
): Message {
  const summary = `Since ${since}, ${zone}: ${counted(entries)}`;
  const said: Block = { kind: "text", text: summary };
  if (entries.length === 0) return { summary, blocks: [said] };
  const rows = entries.map((entry) => cellsOf(entry, zone));
  return { summary, blocks: [said, { kind: "table", caption: "Audit", columns, rows }] };
}

function counted(entries: readonly AuditEntry[]): string {
  const count = (kind: AuditEntry["kind"]) => entries.filter((entry) => entry.kind === kind).length;
  return `${count("refused")} refused, ${count("disclosed")} sensitive metrics disclosed, ${count("withdrawn")} messages withdrawn, ${count("ordered")} orders.`;
}

function cellsOf({ at, kind, who, channel, what, code }: AuditEntry, zone: string): string[] {
  const time = at.toZonedDateTimeISO(zone).toPlainDateTime().round("second");
  const filters = Object.entries(what.filters ?? {}).map(
    ([dimension, values]) => `${dimension}=${values.join(",")}`,
  );
  return [
    time.toString().replace("T", " "),
    kind,
    who,
    channel ?? "the terminal",
    what.by,
    [what.delivery, what.metrics.join(", "), ...filters].filter(Boolean).join(" "),
    code ?? "",
  ];
}
