import { Buffer } from "node:buffer";

/** The encoding that a byte order mark tells, or null: then it is UTF-8, with or without its own. */
export function markedUtf16(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

/** The text is no UTF-16 after all: half a pair stands alone, or a byte is over. */
export class BrokenUtf16 extends Error {
  override name = "BrokenUtf16";
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super("a text that is no UTF-16", { cause });
    this.file = file;
  }
}

/** UTF-8 of what comes as UTF-16, without the mark, piece by piece. */
export async function* decodeUtf16(
  chunks: AsyncIterable<Uint8Array>,
  encoding: "utf-16le" | "utf-16be",
  file: string,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Uint8Array): Buffer => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }), "utf8");
    } catch (error) {
      throw new BrokenUtf16(file, error);
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}
