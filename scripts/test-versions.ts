/**
 * Runs test/versions on every PostgreSQL that DATABASE_URL may name: `npm run test:versions`. The
 * older ones are installed first, into that folder and from its own lockfile, some 50 MB each.
 */
import { spawn } from "node:child_process";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const folder = path.join(root, "test/versions");
const vitest = path.join(root, "node_modules/.bin/vitest");
// The npm that runs this script; its own prefix must not be taken for ours.
const npm = process.env.npm_execpath;
const install = ["ci", "--ignore-scripts", "--prefix", folder];

function run(file: string, args: readonly string[], cwd: string): Promise<number> {
  return new Promise((done) => {
    const child = spawn(file, args, { stdio: "inherit", cwd });
    child.on("error", (error) => {
      console.error(`${file} cannot be run: ${error.message}`);
      done(1);
    });
    child.on("exit", (status) => done(status ?? 1));
  });
}

const installed = npm
  ? await run(process.execPath, [npm, ...install], folder)
  : await run("npm", install, folder);
process.exitCode = installed || (await run(vitest, ["run", "test/versions"], root));
