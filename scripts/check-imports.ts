/** Holds the imports against .dependency-cruiser.mjs, and fails when it saw no files. */
import path from "node:path";
import { cruise, format } from "dependency-cruiser";
import { forbidden, options } from "./import-rules.ts";

const LEAST_FILES = 100;

process.chdir(path.join(import.meta.dirname, ".."));
const { output } = await cruise(["src", "sandbox", "demo"], {
  ...options,
  ruleSet: { forbidden },
  validate: true,
});
if (typeof output === "string") throw new Error("the check gave text instead of data");
const { error, totalCruised } = output.summary;
console.log(String((await format(output, { outputType: "err" })).output));
if (totalCruised < LEAST_FILES)
  console.log(`saw only ${totalCruised} files: the check itself is broken`);
process.exitCode = error > 0 || totalCruised < LEAST_FILES ? 1 : 0;
