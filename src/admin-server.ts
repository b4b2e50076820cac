/** For whoever runs the program: alive, ready, and what a monitor counts. Never a figure of the company. */
import { createServer, type Server } from "node:http";
import { failed, ok, type Result } from "./result.ts";

export interface AdminServer {
  address: string;
  stop(): Promise<void>;
}

/** Throws nothing but bugs, which are told as such. */
export interface Health {
  /** What is not ready yet; empty: all is. */
  ready(): Promise<readonly string[]>;
  /** The text of a scrape. */
  metrics(): Promise<string>;
}

export async function startAdminServer(
  host: string,
  port: number,
  health: Health,
): Promise<Result<AdminServer, { code: string }>> {
  const server = createServer((request, response) => {
    const answer = ({ status, body, type = "text/plain; charset=utf-8" }: Answer): void =>
      void response.writeHead(status, { "content-type": type }).end(body);
    if (request.method !== "GET") return answer({ status: 405, body: "GET only\n" });
    answerTo(request.url ?? "", health).then(answer, () =>
      answer({ status: 503, body: "not ready: the program is broken, its log says how\n" }),
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

interface Answer {
  status: number;
  body: string;
  type?: string;
}

async function answerTo(path: string, { ready, metrics }: Health): Promise<Answer> {
  switch (path) {
    case "/healthz":
      return { status: 200, body: "alive\n" };
    case "/readyz": {
      const missing = await ready();
      if (missing.length === 0) return { status: 200, body: "ready\n" };
      return { status: 503, body: `not ready: ${missing.join(", ")}\n` };
    }
    case "/metrics":
      return {
        status: 200,
        body: await metrics(),
        type: "text/plain; version=0.0.4; charset=utf-8",
      };
    default:
      return { status: 404, body: "not found: there are /healthz, /readyz and /metrics\n" };
  }
}

function listen(server: Server, host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    server.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? "unknown"));
    server.listen(port, host, () => done(null));
  });
}
