/** The values that the data know of a metric's dimensions. */
import { dimensionValues } from "../metrics/index.ts";
import type { CommandContext } from "./command-context.ts";
import { plainName } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";
import { TENURE } from "./read-values.ts";

export type Labels = ReadonlyMap<string, readonly string[]>;

/** The known values of those dimensions that the line may filter by. */
export async function labelsFor(
  context: CommandContext,
  dimensions: readonly string[],
  rest: readonly Token[],
): Promise<Labels> {
  const filters = rest.some(({ kind, text }) => kind === "equals" || /[!<>~:^]/.test(text));
  const said = plainName(rest.map(({ text }) => text.replaceAll(/[!<>~:^]/g, " ")).join(" "));
  const named = dimensions.filter(
    (name) =>
      filters && (said.includes(plainName(name)) || (name === "tier" && said.includes("plan"))),
  );
  return loadLabels(context, named);
}

export async function loadLabels(
  context: CommandContext,
  dimensions: readonly string[],
): Promise<Labels> {
  const loaded = dimensions
    .filter((name) => name !== TENURE)
    .map(async (name) => [name, await dimensionValues(context.metrics.db, name)] as const);
  return new Map(await Promise.all(loaded));
}
