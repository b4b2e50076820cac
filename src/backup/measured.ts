import { createHash } from "node:crypto";
import type { Manifest } from "./manifest.ts";

type Measure = Pick<Manifest["tables"][number], "rows" | "bytes" | "sha256">;

const NEWLINE = 10;

/** Passes a COPY's text on, and knows at its end how much it was: a row is a line, for COPY escapes those inside. */
export function measured(onBytes: (bytes: number) => void = () => {}): {
  pass(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  measure(): Measure;
} {
  const hash = createHash("sha256");
  const seen = { rows: 0, bytes: 0 };
  return {
    async *pass(chunks) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        seen.bytes += chunk.length;
        for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1))
          seen.rows++;
        onBytes(seen.bytes);
        yield chunk;
      }
    },
    measure: () => ({ ...seen, sha256: hash.digest("hex") }),
  };
}
