/** Who may see what, as this kpi.yaml says it: all roles in all places. It asks no platform. */
import { accessRules, configuredChannels } from "../contexts.ts";
import { openCatalogue } from "../open-data.ts";
import { accessMatrix, placesOf } from "../policy/index.ts";
import { accessJson, tellAccess } from "./tell-access.ts";
import { tellStartFault } from "./tell-start-fault.ts";
import { complain, DONE, FAILED, print, readConfig } from "./terminal.ts";
import { toTerminal } from "./to-terminal.ts";

const platforms = ["slack", "discord"];

export async function access(options: { json?: boolean }): Promise<number> {
  const config = readConfig();
  if (config === null) return FAILED;
  const catalogue = await openCatalogue(config);
  if (!catalogue.ok) {
    complain(tellStartFault(catalogue.fault));
    return FAILED;
  }
  const named = platforms.flatMap((platform) =>
    configuredChannels(config, platform).map((id) => `${platform}:${id}`),
  );
  const places = placesOf(named);
  const { metrics } = catalogue.value;
  const cells = accessMatrix(accessRules(config), places, metrics);
  print(
    options.json
      ? JSON.stringify(cells.map(accessJson), null, 2)
      : toTerminal(tellAccess(cells, metrics, config.company.figures === "links_only")),
  );
  return DONE;
}
