import * as vega from "vega";
import { expressionInterpreter } from "vega-interpreter";
import type { TopLevelSpec } from "vega-lite";
import { compileSpec } from "./compile-spec.ts";
import { refusingLoader } from "./refusing-loader.ts";
import { RenderError } from "./render-error.ts";
import { textWidth } from "./text-width.ts";

declare module "vega" {
  /** Missing from Vega's types: how it measures text where there is no canvas. */
  const textMetrics: { width: (item: MeasuredItem, text: unknown) => number };
}

interface MeasuredItem {
  fontSize?: number;
  fontWeight?: number | string;
  limit?: number;
}

// Vega's own estimate without a canvas is 5% to 135% off.
vega.textMetrics.width = (item, text) => {
  const weight = item.fontWeight === "bold" || Number(item.fontWeight) >= 550 ? 600 : 400;
  const width = textWidth(String(text ?? "").trim(), item.fontSize ?? 11, weight);
  return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
};

/** A Vega-Lite spec without data, compiled and parsed once. */
export type PlotTemplate = vega.Runtime;

export interface PlotData {
  width: number;
  /** Values of the template's params. */
  params: Readonly<Record<string, unknown>>;
  /** Rows of its named data sets. */
  data: Readonly<Record<string, readonly object[]>>;
}

/** `ast` and the interpreter: no expression of a spec is ever compiled to code. */
export function plotTemplate(spec: TopLevelSpec): PlotTemplate {
  return vega.parse(compileSpec(spec), undefined, { ast: true });
}

/**
 * Draws the marks and axes of a template as the inside of an SVG, its origin the plot's corner.
 * Each call has a View of its own: a reused one is faster, and remembers.
 * Throws a RenderError `plot` for whatever Vega would only have logged.
 */
export async function plotMarks(template: PlotTemplate, plot: PlotData): Promise<string> {
  const complaints: string[] = [];
  const view = new vega.View(template, {
    renderer: "none",
    expr: expressionInterpreter,
    loader: refusingLoader,
    logger: collectingLogger(complaints),
  });
  try {
    view.width(plot.width);
    for (const [name, value] of Object.entries(plot.params)) view.signal(name, value);
    for (const [name, rows] of Object.entries(plot.data)) view.data(name, [...rows]);
    const svg = await view.toSVG();
    if (complaints.length > 0) throw new Error(complaints.join("; "));
    return insideOf(svg);
  } catch (cause) {
    throw new RenderError("plot", "the plot could not be drawn", { cause });
  } finally {
    view.finalize();
  }
}

function insideOf(svg: string): string {
  const inside = /^<svg[^>]*>([\s\S]*)<\/svg>$/.exec(svg)?.[1];
  if (inside === undefined) throw new Error("no SVG came back");
  return inside;
}

function collectingLogger(complaints: string[]): vega.LoggerInterface {
  const collect = (...args: readonly unknown[]) => {
    complaints.push(args.map(String).join(" "));
    return logger;
  };
  const ignore = () => logger;
  const logger: vega.LoggerInterface = {
    level: ((level?: number) =>
      level === undefined ? vega.Warn : logger) as vega.LoggerInterface["level"],
    error: collect,
    warn: collect,
    info: ignore,
    debug: ignore,
  };
  return logger;
}
