/** Draws a chart as the bot does, which shows that fonts and libraries are there. */
import type { Config } from "../../config/index.ts";
import { errorFields } from "../../log.ts";
import { addConfiguredFonts } from "../../open-data.ts";
import { drawTrend, type TrendCard } from "../../render/index.ts";
import { type Finding, fine, wrong } from "./finding.ts";

export async function lookAtPictures(config: Config): Promise<Finding[]> {
  const fonts = addConfiguredFonts(config);
  if (!fonts.ok)
    return [wrong("kpi.yaml fonts", fonts.fault.problem, "Name a folder of .ttf or .otf files.")];
  try {
    const { png } = await drawTrend(sample);
    return [fine("pictures", `drawn (${Math.round(png.byteLength / 1024)} kB)`)];
  } catch (error) {
    const { code, error: name } = errorFields(error);
    return [
      wrong(
        "pictures",
        `none can be drawn (${code ?? name}); answers go out without them`,
        "Run npm ci again, with optional dependencies and on this machine.",
      ),
    ];
  }
}

const sample: TrendCard = {
  title: "Sample Åé 日本 ★",
  subtitle: "",
  value: "2",
  pill: { text: "▲ 1", tone: "neutral" },
  verdict: { text: "routine", tone: "neutral" },
  footer: "",
  points: ["2026-11-02", "2026-11-09"].map((week, i) => ({
    week,
    value: i + 1,
    open: false,
    marked: null,
    band: null,
  })),
  target: null,
  axis: String,
  theme: "light",
};
