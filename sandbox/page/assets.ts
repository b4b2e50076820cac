import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { HttpResponse } from "../http/exchange.ts";
import type { Route } from "../http/serve.ts";

const ROOT = new URL("../", import.meta.url);

/**
 * `/assets/<path below sandbox/>`: styles, and modules of the page's script with their types taken
 * off. All files of the folders, and the single ones; nothing else.
 */
export function assetRoute(folders: readonly string[], files: readonly string[]): Route {
  const own = folders.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT)).map((name) => `${folder}${name}`),
  );
  const known = new Set([...files, ...own]);
  const served = new Map<string, HttpResponse>();
  return ({ method, url }) => {
    const path = url.pathname.startsWith("/assets/") ? url.pathname.slice("/assets/".length) : "";
    if (method !== "GET" || !known.has(path)) return null;
    const response = served.get(path) ?? readAsset(path);
    served.set(path, response);
    return response;
  };
}

const TYPES: Readonly<Record<string, string>> = {
  ts: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

function readAsset(path: string): HttpResponse {
  const source = readFileSync(new URL(path, ROOT), "utf8");
  const kind = path.slice(path.lastIndexOf(".") + 1);
  return {
    kind: "body",
    status: 200,
    type: TYPES[kind] ?? "application/octet-stream",
    body: kind === "ts" ? stripTypeScriptTypes(source) : source,
  };
}
