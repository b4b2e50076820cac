/** Health for whoever runs the program: alive, and ready. Never a figure of the company. */
import { createServer, type Server } from "node:http";
import { failed, ok, type Result } from "./result.ts";

export interface AdminServer {
  address: string;
  stop(): Promise<void>;
}

/** `ready` gives what is not ready yet; empty: all is. */
export async function startAdminServer(
  host: string,
  port: number,
  ready: () => Promise<readonly string[]>,
): Promise<Result<AdminServer, { code: string }>> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: string): void =>
      void response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(body);
    if (request.method !== "GET") return answer(405, "GET only\n");
    if (request.url === "/healthz") return answer(200, "alive\n");
    if (request.url !== "/readyz")
      return answer(404, "not found: there are /healthz and /readyz\n");
    ready().then(
      (missing) =>
        answer(
          missing.length === 0 ? 200 : 503,
          missing.length === 0 ? "ready\n" : `not ready: ${missing.join(", ")}\n`,
        ),
      () => answer(503, "not ready: database\n"),
    );
  });
  const code = await listen(server, host, port);
  if (code !== null) return failed({ code });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no TCP address");
  const name = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  const stop = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      // Whoever asks for the health of a program that stops need not be waited for.
      server.closeAllConnections();
    });
  return ok({ address: `http://${name}:${bound.port}`, stop });
}

function listen(server: Server, host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    server.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? "unknown"));
    server.listen(port, host, () => done(null));
  });
}
