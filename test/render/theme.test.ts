import { describe, expect, test } from "vitest";
import { type Palette, palettes } from "../../src/render/theme.ts";

type Rgb = readonly [number, number, number];

function linear(hex: string): Rgb {
  const channel = (i: number) => {
    const c = Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(0), channel(1), channel(2)];
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira, Fernandes (2009), severity 1, on linear RGB. */
const blindness = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const;

/** CIE 1976 difference in L*a*b*, D65. */
function difference(a: Rgb, b: Rgb): number {
  const lab = ([r, g, bl]: Rgb): Rgb => {
    const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (841 / 108) * t + 4 / 29);
    const x = f((0.4124 * r + 0.3576 * g + 0.1805 * bl) / 0.95047);
    const y = f(0.2126 * r + 0.7152 * g + 0.0722 * bl);
    const z = f((0.0193 * r + 0.1192 * g + 0.9505 * bl) / 1.08883);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

function seenWith(matrix: readonly (readonly number[])[], hex: string): Rgb {
  const rgb = linear(hex);
  const row = (i: number) =>
    Math.min(
      1,
      Math.max(
        0,
        rgb.reduce((sum, c, j) => sum + c * (matrix[i]?.[j] ?? 0), 0),
      ),
    );
  return [row(0), row(1), row(2)];
}

describe.each(Object.entries(palettes))("the %s theme", (_, palette: Palette) => {
  test("keeps a contrast of 4.5 for every text on every ground that it stands on", () => {
    const { background, zebra, soft } = palette;
    const pairs: [string, string][] = [
      ...(["text", "muted", "good", "bad"] as const).flatMap((ink): [string, string][] => [
        [palette[ink], background],
        [palette[ink], zebra],
      ]),
      [palette.actual, background],
      [palette.target, background],
      [palette.text, soft.neutral],
      [palette.good, soft.good],
      [palette.bad, soft.bad],
    ];
    for (const [ink, ground] of pairs) {
      expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("keeps a contrast of 3 for every line and mark", () => {
    for (const mark of ["actual", "prior", "target", "mix", "near", "good", "bad"] as const) {
      expect(contrast(palette[mark], palette.background), mark).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(Object.entries(blindness))(
    "keeps good from bad, and mix from rate, under %s",
    (_name, matrix) => {
      for (const [one, other] of [
        ["good", "bad"],
        ["mix", "actual"],
      ] as const) {
        const apart = difference(seenWith(matrix, palette[one]), seenWith(matrix, palette[other]));
        expect(apart, `${one} and ${other}`).toBeGreaterThan(25);
      }
    },
  );
});
