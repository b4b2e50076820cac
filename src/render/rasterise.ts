import sharp from "sharp";
import { concurrencyLimit } from "./concurrency-limit.ts";
import type { Drawing, Sheet } from "./drawing.ts";
import { preparedFonts } from "./prepare-fonts.ts";
import { RenderError } from "./render-error.ts";

/** Dots an inch that make a logical pixel two pixels. */
const density = 144;
const timeoutSeconds = 10;
/** librsvg's own limit, in pixels. */
const tallest = 32_000;

// libvips keeps what it has computed in case it is asked again; no two of our pictures are the same.
sharp.cache(false);

const inTurn = concurrencyLimit(4);

/** Runs one drawing, at most four at a time, and turns whatever it throws into a RenderError. */
export async function inDrawing(draw: () => Promise<Drawing>): Promise<Drawing> {
  return inTurn(async () => {
    try {
      return await draw();
    } catch (cause) {
      if (cause instanceof RenderError) throw cause;
      throw new RenderError("bad_card", "the card could not be drawn", { cause });
    }
  });
}

/**
 * Pixels of a sheet, twice its logical size. PNG level 3 and no palette: half the bytes would cost
 * 40 to 80 ms. Throws a RenderError `bad_card` for a sheet too tall, and `raster` when librsvg or
 * the encoder fails or takes longer than ten seconds.
 */
export async function rasterise(sheet: Sheet): Promise<Omit<Drawing, "uncovered">> {
  if (sheet.height * 2 > tallest) throw new RenderError("bad_card", "too tall to be drawn");
  preparedFonts();
  try {
    const { data, info } = await sharp(Buffer.from(sheet.svg), { density })
      .timeout({ seconds: timeoutSeconds })
      .png({ compressionLevel: 3, palette: false })
      .toBuffer({ resolveWithObject: true });
    return { png: data, width: info.width, height: info.height, svg: sheet.svg };
  } catch (cause) {
    throw new RenderError("raster", "the picture could not be made", { cause });
  }
}
