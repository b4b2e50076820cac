import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { errorCode } from "../connection-loss.ts";

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * npm packages hold no symlinks: the package's install script would make them, and we deny install
 * scripts. So they are made at each start; those that exist are left alone.
 * False when the tree cannot be written, so that the caller makes them in a copy.
 */
export function linkLibraries(native: string): boolean {
  let writable = true;
  for (const { source, target } of readLinks(native)) {
    // The list's paths begin with "native/". Links are relative, so that the tree can be moved.
    const link = path.resolve(native, "..", target);
    const relative = path.relative(path.dirname(target), source);
    writable &&= linkOnce(relative, link);
  }
  return writable;
}

function linkOnce(relative: string, link: string): boolean {
  try {
    symlinkSync(relative, link);
    return true;
  } catch (error) {
    // A link that exists on a read-only system answers EEXIST too, not EROFS.
    if (errorCode(error) === "EEXIST") return true;
    if (["EACCES", "EPERM", "EROFS"].includes(errorCode(error))) return false;
    throw error;
  }
}

function readLinks(native: string): z.infer<typeof Links> {
  try {
    return Links.parse(JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8")));
  } catch (error) {
    // Windows has no such list.
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}
