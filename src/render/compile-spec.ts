import type { Spec } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

// vega-lite gives every Set of the process a `toJSON` that it needs while it compiles, and on which
// other libraries break: discord.js throws at its import. So Sets have it for that moment only.
const setToJson = Object.getOwnPropertyDescriptor(Set.prototype, "toJSON");
takeBack();

/** A Vega-Lite spec as Vega's own. */
export function compileSpec(spec: TopLevelSpec): Spec {
  if (setToJson) Object.defineProperty(Set.prototype, "toJSON", setToJson);
  try {
    return compile(spec).spec;
  } finally {
    takeBack();
  }
}

function takeBack(): void {
  Reflect.deleteProperty(Set.prototype, "toJSON");
}
