import type { IncomingMessage, ServerResponse } from "node:http";

export interface HttpRequest {
  method: string;
  url: URL;
  header(name: string): string;
  body: Buffer;
}

/** What goes back: a body, a stream that its writer ends, or what a network does to it. */
export type HttpResponse =
  | {
      kind: "body";
      status: number;
      type: string;
      body: string | Uint8Array;
      headers?: Record<string, string>;
      /** At once when absent. */
      bytesPerSecond?: number;
    }
  | { kind: "stream"; open(response: ServerResponse): void }
  | { kind: "reset" }
  | { kind: "hang" };

/** Uploads are the largest thing that comes in. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Null when the body is larger than anything that belongs here. */
export async function readRequest(incoming: IncomingMessage): Promise<HttpRequest | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", "http://loopback"),
    header: (name) => String(incoming.headers[name] ?? ""),
    body: Buffer.concat(chunks),
  };
}

export function sendResponse(outgoing: ServerResponse, response: HttpResponse): void {
  switch (response.kind) {
    case "stream":
      response.open(outgoing);
      return;
    case "reset":
      outgoing.socket?.resetAndDestroy();
      return;
    case "hang":
      return;
    case "body":
      sendBody(outgoing, response);
  }
}

function sendBody(
  outgoing: ServerResponse,
  response: Extract<HttpResponse, { kind: "body" }>,
): void {
  outgoing.writeHead(response.status, {
    "content-type": response.type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...response.headers,
  });
  if (response.bytesPerSecond === undefined) outgoing.end(response.body);
  else drip(outgoing, Buffer.from(response.body), response.bytesPerSecond);
}

function drip(outgoing: ServerResponse, bytes: Buffer, perSecond: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    outgoing.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent >= bytes.length) outgoing.end();
  }, 1000 / perSecond);
  outgoing.once("close", () => clearInterval(timer));
}

export function jsonResponse(value: unknown, status = 200): HttpResponse {
  return {
    kind: "body",
    status,
    type: "application/json; charset=utf-8",
    body: JSON.stringify(value),
  };
}

export function textResponse(text: string, status = 200): HttpResponse {
  return { kind: "body", status, type: "text/plain; charset=utf-8", body: text };
}
