import type { HttpResponse } from "./exchange.ts";

/** What the end of its name says that a file is; "" for what is not known here. */
export function typeOfName(name: string): "image/png" | "text/csv" | "" {
  if (/\.png$/i.test(name)) return "image/png";
  return /\.csv$/i.test(name) ? "text/csv" : "";
}

/** The bytes of a file to be kept, so that nothing uploaded is ever run by the page. */
export function download(name: string, bytes: Buffer): HttpResponse {
  const shown = encodeURIComponent(name);
  return {
    kind: "body",
    status: 200,
    type: typeOfName(name) || "application/octet-stream",
    body: bytes,
    headers: { "content-disposition": `attachment; filename*=UTF-8''${shown}` },
  };
}
