/** A file's bytes as UTF-8 without a mark, and what its first row tells of its separator. */
import { Buffer } from "node:buffer";
import { failed, ok, type Result } from "../../result.ts";
import { limits } from "../limits.ts";
import { decodeUtf16, markedUtf16 } from "./decode-utf16.ts";
import { type OtherFile, otherFile } from "./file-kind.ts";
import { type Dialect, findDialect } from "./separator.ts";

interface OpenText {
  /** UTF-8, to be read once. */
  chunks: AsyncGenerator<Uint8Array>;
  /** As the file itself is, but for a mark. */
  isUtf8: boolean;
}

/** Enough to know a file by; a shorter one has fewer. */
const BEGIN_BYTES = 512;

/** The fault says what else the file is. */
export async function openText({
  name,
  chunks: source,
}: {
  name: string;
  chunks: AsyncIterable<unknown>;
}): Promise<Result<OpenText, OtherFile>> {
  const chunks = source[Symbol.asyncIterator]();
  let begin = Buffer.alloc(0);
  try {
    while (begin.length < BEGIN_BYTES) {
      const { done, value } = await chunks.next();
      if (done === true) break;
      begin = Buffer.concat([begin, asBytes(value)]);
    }
  } catch (error) {
    void chunks.return?.();
    throw error;
  }
  const other = otherFile(begin);
  if (other !== null) {
    void chunks.return?.();
    return failed(other);
  }
  const encoding = markedUtf16(begin);
  if (encoding !== null)
    return ok({ chunks: decodeUtf16(restOf(begin, chunks), encoding, name), isUtf8: false });
  return ok({ chunks: restOf(withoutMark(begin), chunks), isUtf8: true });
}

/** The text as far as it was read to find the dialect, which is the first row and what came with it. */
export async function readDialect(
  chunks: AsyncIterator<Uint8Array>,
): Promise<{ begin: Buffer; dialect: Dialect }> {
  let begin = Buffer.alloc(0);
  for (;;) {
    const { done, value } = await chunks.next();
    if (done !== true) begin = Buffer.concat([begin, value]);
    // A first row that never ends is no row of names, and its fault is told by the framer.
    const isAll = done === true || begin.length > limits.fieldBytes;
    const dialect = findDialect(begin, isAll);
    if (dialect !== null) return { begin, dialect };
  }
}

async function* restOf(begin: Buffer, chunks: AsyncIterator<unknown>): AsyncGenerator<Uint8Array> {
  try {
    yield begin;
    for (;;) {
      const { done, value } = await chunks.next();
      if (done === true) return;
      yield asBytes(value);
    }
  } finally {
    void chunks.return?.();
  }
}

function asBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  return Buffer.from(String(chunk), "utf8");
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
