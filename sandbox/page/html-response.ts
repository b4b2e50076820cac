import type { HttpResponse } from "../http/exchange.ts";

/** Own scripts, styles and pictures only: whatever a message says, nothing foreign is loaded or run. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A page, which may load nothing but what the sandbox itself serves. */
export function htmlResponse(body: string): HttpResponse {
  const headers = { "content-security-policy": POLICY };
  return { kind: "body", status: 200, type: "text/html; charset=utf-8", body, headers };
}
