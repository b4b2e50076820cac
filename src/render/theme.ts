export type Theme = "light" | "dark";
/** Colour marks signals: a routine change is neutral, whichever way it went. */
export type Tone = "good" | "bad" | "neutral";

export const fontFamily = "Inter";

export interface Palette {
  background: string;
  border: string;
  text: string;
  muted: string;
  grid: string;
  axis: string;
  zebra: string;
  actual: string;
  prior: string;
  target: string;
  mix: string;
  good: string;
  bad: string;
  near: string;
  /** Grounds of pills and strips; the tone's own colour is readable on them. */
  soft: Record<Tone, string>;
  /** Opacity of the band of limits, over the background. */
  bandOpacity: number;
}

/** Text keeps a contrast of at least 4.5 to everything it stands on; marks keep 3. */
export const palettes: Record<Theme, Palette> = {
  light: {
    background: "#FFFFFF",
    border: "#DDE1E6",
    text: "#1D2733",
    muted: "#5B6775",
    grid: "#E8EBEF",
    axis: "#AEB6C0",
    zebra: "#F5F7F9",
    actual: "#0B62B8",
    prior: "#8A94A1",
    target: "#B35900",
    mix: "#C77700",
    good: "#00716B",
    bad: "#C2410C",
    near: "#8F6B00",
    soft: { good: "#DDF3F1", bad: "#FDEDE5", neutral: "#EEF1F4" },
    bandOpacity: 0.12,
  },
  dark: {
    background: "#1E2126",
    border: "#363B43",
    text: "#F1F3F5",
    muted: "#A9B2BD",
    grid: "#31363D",
    axis: "#5C6570",
    zebra: "#252930",
    actual: "#5AB0FF",
    prior: "#8C96A3",
    target: "#F5A742",
    mix: "#F5A742",
    good: "#2DD4BF",
    bad: "#FF8A5C",
    near: "#F2D04C",
    soft: { good: "#123A38", bad: "#462A1E", neutral: "#2C3138" },
    bandOpacity: 0.16,
  },
};

export function toneColour(palette: Palette, tone: Tone): string {
  return tone === "neutral" ? palette.text : palette[tone];
}
