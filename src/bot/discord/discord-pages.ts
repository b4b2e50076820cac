/** Lines that belong together. What does not fit is cut between lines, never inside one. */
export interface Piece {
  /** Stand once before the lines. */
  caption: readonly string[];
  lines: readonly string[];
  /** What a line is called when it is left out. */
  line: "row" | "line";
  /** Lines in a fixed-width font. */
  fenced: boolean;
  /** The first line is repeated on every page. */
  header: boolean;
}

export interface Pages {
  pages: string[];
  /** What found no room: lines of tables and of texts. */
  leftOut: { rows: number; lines: number };
}

/**
 * Fills pages of at most `limits` UTF-16 units one after the other. The order stays, so it is the
 * end that is left out.
 */
export function fillPages(pieces: readonly Piece[], limits: readonly number[]): Pages {
  const pages: string[] = limits.map(() => "");
  const leftOut = { rows: 0, lines: 0 };
  let page = 0;
  for (const piece of pieces) {
    let rest: Piece | null = piece;
    while (rest !== null && page < limits.length) {
      const placed = place(rest, (limits[page] ?? 0) - (pages[page] ?? "").length - 1);
      if (placed.text !== "") pages[page] = joined(pages[page] ?? "", placed.text);
      rest = placed.rest;
      if (rest !== null) page += 1;
    }
    if (rest !== null) leftOut[rest.line === "row" ? "rows" : "lines"] += unplaced(rest);
  }
  return { pages, leftOut };
}

function unplaced(piece: Piece): number {
  return piece.header ? Math.max(1, piece.lines.length - 1) : piece.lines.length;
}

/** As much of a piece as `room` holds. Less than a few lines of a table or of code are not worth beginning it. */
function place(piece: Piece, room: number): { text: string; rest: Piece | null } {
  const count = linesWithin(piece, room);
  if (count < Math.min(piece.lines.length, piece.fenced ? fewestFenced : 1)) {
    return { text: "", rest: piece };
  }
  const text = written(piece, count);
  if (count === piece.lines.length) return { text, rest: null };
  const header = piece.header ? piece.lines.slice(0, 1) : [];
  return { text, rest: { ...piece, caption: [], lines: [...header, ...piece.lines.slice(count)] } };
}

const fewestFenced = 4;

/** Each line takes a line break, but for the last of all. */
function linesWithin(piece: Piece, room: number): number {
  let used = written(piece, 0).length;
  let count = 0;
  for (const line of piece.lines) {
    used += line.length + 1;
    if (used > room) break;
    count += 1;
  }
  return count;
}

function written(piece: Piece, count: number): string {
  const lines = piece.lines.slice(0, count);
  const body = piece.fenced ? ["```", ...lines, "```"] : lines;
  return [...piece.caption, ...body].join("\n");
}

function joined(page: string, text: string): string {
  return page === "" ? text : `${page}\n${text}`;
}
