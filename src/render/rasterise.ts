import sharp from "sharp";
import { DeadlinePassed, withDeadline } from "../deadline.ts";
import { concurrencyLimit } from "./concurrency-limit.ts";
import type { Drawing, Sheet } from "./drawing.ts";
import { RenderError } from "./render-error.ts";
import { createCanvas, familyList, loadImage } from "./skia.ts";
import { type PlacedText, partText } from "./text-layer.ts";

/** Pixels to a logical pixel. */
const scale = 2;
const timeoutSeconds = 10;
/** Above the encoder's own limit, which does not run while it waits for a thread. */
const deadlineMs = 15_000;
/** In pixels: beyond it a surface is hundreds of megabytes. */
const tallest = 32_000;

// libvips keeps what it has computed in case it is asked again; no two of our pictures are the same.
sharp.cache(false);

const inTurn = concurrencyLimit(4);

/**
 * Runs one drawing, at most four at a time, and turns whatever it throws into a RenderError. One
 * that hangs gives its place to the next after 15 s, with fault `raster`.
 */
export async function inDrawing(draw: () => Promise<Drawing>): Promise<Drawing> {
  return inTurn(async () => {
    try {
      return await withDeadline(draw(), deadlineMs);
    } catch (cause) {
      if (cause instanceof RenderError) throw cause;
      if (cause instanceof DeadlinePassed)
        throw new RenderError("raster", "the picture took too long", { cause });
      throw new RenderError("bad_card", "the card could not be drawn", { cause });
    }
  });
}

/**
 * Pixels of a sheet, twice its logical size. Throws a RenderError `bad_card` for a sheet too tall,
 * and `raster` when Skia or the encoder fails or takes longer than ten seconds.
 */
export async function rasterise(sheet: Sheet): Promise<Omit<Drawing, "uncovered">> {
  if (sheet.height * scale > tallest) throw new RenderError("bad_card", "too tall to be drawn");
  try {
    const painted = await paint(sheet);
    const png = await encode(painted);
    const { width, height } = painted;
    return { png, width, height, svg: sheet.svg };
  } catch (cause) {
    throw new RenderError("raster", "the picture could not be made", { cause });
  }
}

/** RGBA, a byte each. */
interface Painted {
  pixels: Uint8Array;
  width: number;
  height: number;
}

/**
 * Skia draws the shapes from the SVG and each text by itself: its SVG reader neither kerns nor
 * looks for a character in a second font, and its canvas does both.
 */
export async function paint({ svg, width, height }: Sheet): Promise<Painted> {
  const { shapes, texts } = partText(svg);
  // Our cards hold no address; Skia would open that of a file, should one ever stand there.
  if (/<image|href=/.test(shapes)) throw new Error("a sheet with an address in it");
  const canvas = createCanvas(width * scale, height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.drawImage(await loadImage(Buffer.from(shapes)), 0, 0, width, height);
  const families = familyList();
  for (const text of texts) write(context, text, families);
  return { pixels: canvas.data(), width: canvas.width, height: canvas.height };
}

type Context = ReturnType<ReturnType<typeof createCanvas>["getContext"]>;

function write(context: Context, text: PlacedText, families: string): void {
  context.font = `${text.weight} ${text.size}px ${families}`;
  context.textAlign = text.anchor === "middle" ? "center" : text.anchor;
  context.fillStyle = text.fill;
  context.globalAlpha = text.opacity;
  context.fillText(text.text, text.x, text.y);
}

/** Level 2 and no palette: a palette would save half the bytes for 40 to 80 ms. */
export function encode({ pixels, width, height }: Painted): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .timeout({ seconds: timeoutSeconds })
    .png({ compressionLevel: 2, palette: false })
    .toBuffer();
}
