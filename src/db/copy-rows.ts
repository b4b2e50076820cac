import { PassThrough, type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from, to } from "pg-copy-streams";

/**
 * Streams `source` into a COPY ... FROM STDIN; the number of bytes sent. When the source fails the
 * server is told and takes nothing; the connection stays usable.
 */
export async function copyIn(
  client: pg.ClientBase,
  text: string,
  source: Readable,
): Promise<number> {
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(source, count, client.query(from(text)));
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
