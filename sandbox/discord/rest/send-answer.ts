import type { ServerResponse } from "node:http";
import type { Answer } from "./exchange.ts";

export function sendAnswer(outgoing: ServerResponse, { status, body, headers }: Answer): void {
  const type = body === undefined ? {} : { "content-type": "application/json" };
  outgoing.writeHead(status, { ...type, ...headers });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
}
