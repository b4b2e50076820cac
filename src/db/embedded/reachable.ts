import { statSync } from "node:fs";
import path from "node:path";
import type { Account } from "./choose-account.ts";

/** Whether the account may enter the folder and every folder above it, by their mode bits. */
export function canEnter(folder: string, account: Account | null): boolean {
  if (account === null) return true;
  return withParents(path.resolve(folder)).every((each) => mayEnter(each, account));
}

function mayEnter(folder: string, { uid, gid }: Account): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  // What does not exist yet is created by us, with a mode that lets the account in.
  if (stat === undefined) return true;
  // A file in the way is for mkdir to report.
  if (!stat.isDirectory()) return true;
  if (stat.uid === uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

function withParents(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [...withParents(parent), folder];
}
