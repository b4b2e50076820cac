/** How far a long piece of work has come, on a terminal and nowhere else. */
import path from "node:path";
import type { WriteStream } from "node:tty";
import type { Reading } from "../ingest/index.ts";
import type { RefreshProgress } from "../metrics/index.ts";

/** What is done by then needs no bar. */
const FIRST_MS = 300;
const REDRAW_MS = 100;
const CLEAR_LINE = "\r\u001b[K";

export class ProgressBar {
  readonly #out: WriteStream | null;
  #about: string | null = null;
  #beganMs = 0;
  #drawnMs = 0;

  /** Draws nothing where `out` is no terminal, or one that cannot go back on its line. */
  constructor(out: NodeJS.WriteStream, term: string | undefined = process.env.TERM) {
    this.#out = out.isTTY && term !== "dumb" ? out : null;
  }

  update(reading: Reading): void {
    const isLast = reading.bytes === reading.of;
    this.show(reading.file, isLast, (elapsedMs) => progressLine(reading, elapsedMs));
  }

  /** `about` is one piece of work; `line` gives what is said of it so long after its first word. */
  show(about: string, isLast: boolean, line: (elapsedMs: number) => string): void {
    if (this.#out === null) return;
    const nowMs = performance.now();
    if (about !== this.#about) {
      this.#about = about;
      this.#beganMs = nowMs;
    }
    const elapsedMs = nowMs - this.#beganMs;
    if (elapsedMs < FIRST_MS || (nowMs - this.#drawnMs < REDRAW_MS && !isLast)) return;
    this.#drawnMs = nowMs;
    // One short of the width: a full line would begin another, which is never cleared.
    const text = line(elapsedMs).slice(0, (this.#out.columns || 80) - 1);
    this.#out.write(`${CLEAR_LINE}${text}`);
  }

  /** Leaves the line as though nothing had been there. */
  clear(): void {
    if (this.#drawnMs > 0) this.#out?.write(CLEAR_LINE);
  }
}

const WIDTH = 24;

/** A line without its end; megabytes are 10^6 bytes. */
export function progressLine({ file, bytes, of }: Reading, elapsedMs: number): string {
  const name = path.basename(file).replaceAll(/\p{Cc}/gu, "\ufffd");
  const mb = (count: number): string => (count / 1e6).toFixed(count < 1e7 ? 1 : 0);
  // Of the first moments no speed can be told.
  const speed = elapsedMs < 500 ? "" : `  ${mb((bytes / elapsedMs) * 1_000)} MB/s`;
  if (of === null) return `${name}  ${mb(bytes)} MB${speed}`;
  if (bytes >= of) return `${name}  all ${mb(of)} MB read; its rows are checked and stored ...`;
  const share = of === 0 ? 1 : bytes / of;
  return `${name}  ${bar(share)} ${Math.floor(share * 100)}%  ${mb(bytes)} of ${mb(of)} MB${speed}`;
}

/** Metrics of a refresh, the last one that is done by its name. */
export function refreshLine({ done, of, metric }: RefreshProgress): string {
  return `${bar(done / of)} metric ${done} of ${of}  ${metric}`;
}

function bar(share: number): string {
  const filled = Math.floor(share * WIDTH);
  return `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}]`;
}
