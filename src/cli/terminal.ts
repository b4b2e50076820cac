/** What every command line needs: its settings, its data, and a way to end. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Told } from "../commands/index.ts";
import { type Config, loadConfig } from "../config/index.ts";
import { errorFields, type Log } from "../log.ts";
import { makeLog } from "../logger.ts";
import type { Picture } from "../message.ts";
import { type Data, openData } from "../open-data.ts";
import { type AskFault, tellFault } from "../wording/index.ts";
import { tellConfigFaults, tellStartFault } from "./tell-start-fault.ts";
import { toTerminal } from "./to-terminal.ts";

/** Exit statuses: the contract with scripts. */
export const DONE = 0;
export const FAILED = 1;
export const WRONG_USE = 2;

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Null after saying what is wrong. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config | null {
  const config = loadConfig(env, process.cwd());
  if (config.ok) return config.value;
  complain(tellConfigFaults(config.fault));
  return null;
}

/** The status after a question that was refused. */
function statusOf({ kind }: AskFault): number {
  return kind === "no_data" || kind === "broken" || kind === "unavailable" ? FAILED : WRONG_USE;
}

/** Says what is wrong with a question; the status. A choice is a result for a script, and wrong use all the same. */
export function complainOf(fault: AskFault, prefix: string, json = false): number {
  if (json && fault.kind === "ambiguous")
    print(JSON.stringify({ candidates: fault.candidates }, null, 2));
  complain(toTerminal(tellFault(fault, prefix)));
  return statusOf(fault);
}

/** Writes a picture; the status, after saying what went wrong with it. */
export async function writePicture(
  told: Told,
  fileFor: (picture: Picture) => string,
): Promise<number> {
  const picture = await told.draw?.();
  if (!picture) {
    complain("There is no picture for this answer.");
    return FAILED;
  }
  const file = fileFor(picture);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, picture.png);
  } catch (error) {
    complain(`${file} cannot be written (${errorFields(error).code}).`);
    return FAILED;
  }
  complain(`picture: ${file}`);
  return DONE;
}

/** Runs `work` on the data of this folder, and closes it whatever happens; the exit status. */
export async function withData(
  work: (data: Data, config: Config, log: Log) => Promise<number>,
): Promise<number> {
  const config = readConfig();
  if (config === null) return FAILED;
  // A command line's own words say what happened; its log speaks up only when something is wrong.
  const log = makeLog(config.logLevel === "info" ? "warn" : config.logLevel);
  const data = await openData(config, log);
  if (!data.ok) {
    complain(tellStartFault(data.fault));
    return FAILED;
  }
  try {
    return await work(data.value, config, log);
  } finally {
    await data.value.close();
  }
}
