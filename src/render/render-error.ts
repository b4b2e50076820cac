/**
 * bad_card: the data cannot be drawn (a week that is no date, numbers too far apart, too many rows).
 * fonts: the font settings cannot take effect. plot: Vega refused. raster: the rasteriser refused or took too
 * long. Names are permanent; messages are not.
 */
export type RenderFault = "bad_card" | "fonts" | "plot" | "raster";

/**
 * The one error that leaves this room. A picture is never the whole answer, so whoever catches it
 * sends the numbers without one.
 */
export class RenderError extends Error {
  readonly fault: RenderFault;

  constructor(fault: RenderFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RenderError";
    this.fault = fault;
  }
}
