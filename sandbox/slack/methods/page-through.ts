import type { JsonObject } from "../../json.ts";

interface Page<T> {
  items: T[];
  hasMore: boolean;
  metadata: JsonObject;
}

/** One page of a list; null for a cursor that was never handed out. */
export function pageThrough<T>(list: readonly T[], cursor: string, limit: number): Page<T> | null {
  const from = cursor === "" ? 0 : readCursor(cursor);
  if (from === null || from > list.length) return null;
  const end = from + limit;
  const hasMore = end < list.length;
  return {
    items: list.slice(from, end),
    hasMore,
    metadata: { next_cursor: hasMore ? writeCursor(end) : "" },
  };
}

function writeCursor(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString("base64");
}

function readCursor(cursor: string): number | null {
  const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, "base64").toString());
  return match ? Number(match[1]) : null;
}
