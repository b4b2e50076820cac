import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type HttpRequest,
  type HttpResponse,
  readRequest,
  sendResponse,
  textResponse,
} from "./exchange.ts";

/** A route takes a request or leaves it (null) to the next. */
export type Route = (request: HttpRequest) => HttpResponse | null | Promise<HttpResponse | null>;

interface Serving {
  /** `http://127.0.0.1:<port>`. */
  origin: string;
  /** For what is no request: sockets. */
  server: Server;
  stop(): Promise<void>;
}

/** Serves on the loopback address only; port 0 is any free one. */
export async function serve(port: number, routes: readonly Route[]): Promise<Serving> {
  const server = createServer((incoming, outgoing) => {
    readRequest(incoming)
      .then((request) => answerOf(routes, request))
      .catch((error: unknown) => textResponse(`sandbox: ${String(error)}`, 500))
      .then((response) => sendResponse(outgoing, response))
      // The caller hung up in the middle: there is nobody left to tell.
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${address.port}`, server, stop: () => stop(server) };
}

async function answerOf(
  routes: readonly Route[],
  request: HttpRequest | null,
): Promise<HttpResponse> {
  if (!request) return textResponse("too large", 413);
  return (await firstAnswer(routes, request)) ?? textResponse("not found", 404);
}

/** What the first route that takes the request answers; null when none does. */
export async function firstAnswer(
  routes: readonly Route[],
  request: HttpRequest,
): Promise<HttpResponse | null> {
  for (const route of routes) {
    const response = await route(request);
    if (response) return response;
  }
  return null;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
