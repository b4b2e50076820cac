import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from, to } from "pg-copy-streams";
import type { CopySource } from "./sql.ts";

/**
 * Streams `source` into a COPY ... FROM STDIN; the number of bytes sent. A chunk's memory is the
 * source's again once the next chunk is asked for. When the source fails the server is told and
 * takes nothing; the connection stays usable.
 */
export async function copyIn(client: pg.Client, text: string, source: CopySource): Promise<number> {
  const { stream: socket } = client.connection;
  let bytes = 0;
  async function* sent(chunks: CopySource): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const block = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      bytes += block.length;
      yield block;
      await new Promise((resolve) => socket.write("", resolve));
    }
  }
  // With the least mark of all, the stream asks for more only when it has given all to the socket.
  await pipeline(source, sent, client.query(from(text, { highWaterMark: 1 })));
  return bytes;
}

/**
 * Streams out of a COPY ... TO STDOUT. `done` is called once, with whether the connection is still
 * usable: it is not when the reader goes away before the end.
 */
export function copyOut(
  client: pg.ClientBase,
  text: string,
  done: (usable: boolean) => void,
): Readable {
  // The library's stream emits errors without being destroyed by them, so a reader that comes late
  // would wait for ever; the PassThrough keeps the error.
  const out = new PassThrough();
  pipeline(client.query(to(text)), out).then(
    () => done(true),
    () => done(false),
  );
  return out;
}
