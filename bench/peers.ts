/** Libraries of others, in a folder of their own, and the cards that they draw. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { TrendCard } from "../src/render/index.ts";

const folder = path.join(import.meta.dirname, "peers");

/** Gives a PNG. */
export type DrawCard = (card: TrendCard) => Promise<Uint8Array>;

/** Installs them at the first use, from their own lockfile. */
export function installPeers(): void {
  if (existsSync(path.join(folder, "node_modules", "echarts"))) return;
  console.log("installing the peers once, into bench/peers");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--ignore-scripts"], { cwd: folder, stdio: "inherit" });
  if (status !== 0) throw new Error("the peers could not be installed: see above");
}

/** `name`: of the file `draw-<name>.js`. */
export async function peer(name: string): Promise<DrawCard> {
  const module: unknown = await import(pathToFileURL(path.join(folder, `draw-${name}.js`)).href);
  const draw = module !== null && typeof module === "object" ? Reflect.get(module, "draw") : null;
  if (typeof draw !== "function") throw new Error(`draw-${name}.js has no draw`);
  return async (card) => {
    const png: unknown = await draw(card);
    if (!(png instanceof Uint8Array)) throw new Error(`draw-${name}.js gave no picture`);
    return png;
  };
}
