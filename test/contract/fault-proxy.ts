import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the proxy does to a call instead of passing it on and bringing the answer back. */
export type Fault =
  /** Not passed on. */
  | { kind: "answer"; status: number; headers?: Record<string, string>; body: string }
  | { kind: "hang" }
  /** Passed on and done, and then the connection is reset. */
  | { kind: "lose_answer" };

export interface Call {
  method: string;
  path: string;
  contentType: string;
}

export interface FaultProxy {
  /** Stands for the origin of the target. */
  origin: string;
  /** The next `times` calls that match meet the fault. */
  fail(matches: (call: Call) => boolean, fault: Fault, times?: number): void;
  /** Ends all faults. */
  heal(): void;
  stop(): Promise<void>;
}

/** Stands between a bot and a platform's HTTP API, and breaks what it is told to break. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let rules: { matches: (call: Call) => boolean; fault: Fault; left: number }[] = [];
  const server = createServer((incoming, outgoing) => {
    const call = callOf(incoming);
    const rule = rules.find(({ left, matches }) => left > 0 && matches(call));
    if (rule) rule.left -= 1;
    meet(target, incoming, outgoing, rule?.fault ?? null);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    fail: (matches, fault, times = 1) => {
      rules.push({ matches, fault, left: times });
    },
    heal: () => {
      rules = [];
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function callOf(incoming: IncomingMessage): Call {
  return {
    method: incoming.method ?? "",
    path: decodeURIComponent(incoming.url ?? ""),
    contentType: incoming.headers["content-type"] ?? "",
  };
}

function meet(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault | null,
): void {
  if (fault?.kind === "hang") return;
  if (fault?.kind === "answer") {
    incoming.resume();
    outgoing.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
    outgoing.end(fault.body);
    return;
  }
  const { method, headers, url } = incoming;
  const passed = request(new URL(url ?? "/", target), { method, headers }, (answer) => {
    if (fault?.kind === "lose_answer") {
      answer.resume();
      answer.on("end", () => incoming.socket.resetAndDestroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on("error", () => outgoing.destroy());
  incoming.pipe(passed);
}
