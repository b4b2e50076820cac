/** What every command line needs: where its words go, its settings, and the statuses it ends with. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Told } from "../commands/index.ts";
import { type Config, loadConfig } from "../config/index.ts";
import { errorFields } from "../log.ts";
import type { Picture } from "../message.ts";
import type { AskFault } from "../wording/index.ts";
import { tellConfigFaults } from "./tell-start-fault.ts";

/** Exit statuses: the contract with scripts. */
export const DONE = 0;
export const FAILED = 1;
export const WRONG_USE = 2;
/** By Ctrl-C or SIGTERM, before it was done; what shells say of Ctrl-C. */
export const STOPPED = 130;

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
export function statusOf({ kind }: AskFault): number {
  const isFailure = ["no_data", "own_sql", "broken", "unavailable"].includes(kind);
  return isFailure ? FAILED : WRONG_USE;
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
  return writeTo(fileFor(picture), picture.png, "picture");
}

/** Writes the numbers of an answer; the status, after saying what went wrong. */
export async function writeCsv(told: Told, file: string): Promise<number> {
  if (told.csv) return writeTo(file, told.csv().text, "numbers");
  complain("There are no numbers in this answer to write to a file.");
  return FAILED;
}

async function writeTo(file: string, content: string | Uint8Array, what: string): Promise<number> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  } catch (error) {
    complain(`${file} cannot be written (${errorFields(error).code}).`);
    return FAILED;
  }
  complain(`${what}: ${file}`);
  return DONE;
}
