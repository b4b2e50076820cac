/** Between a process and Postgres: sees each statement and each answer, and may keep it for ever. */
import { connect, createServer, type Socket } from "node:net";
import { type Boundary, type Step, stepOfStatement } from "./step.ts";

/** Asked at each boundary, which waits meanwhile. False: it is the end, nothing more passes. */
export type Gate = (boundary: Boundary) => boolean | Promise<boolean>;

export interface WatchedPostgres {
  port: number;
  /** Ends all connections; the ports under which the server knew them. */
  drop(): number[];
  stop(): Promise<void>;
}

/** Statements begin with their text; what comes later is values, and the rest of a long one is not looked at. */
const LOOKED_AT_BYTES = 4_096;

export async function watchPostgres(
  target: { host: string; port: number },
  gate: Gate,
): Promise<WatchedPostgres> {
  const open = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    const pair = [client, upstream] as const;
    open.add(pair);
    for (const socket of pair)
      socket
        .setNoDelay(true)
        .on("error", () => {})
        .on("close", () => {
          for (const either of pair) either.destroy();
          open.delete(pair);
        });
    pass(client, upstream, gate);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  const drop = (): number[] =>
    [...open].flatMap(([client, upstream]) => {
      client.destroy();
      upstream.destroy();
      return upstream.localPort ?? [];
    });
  return {
    port: address.port,
    drop,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}

function pass(client: Socket, upstream: Socket, gate: Gate): void {
  let asked: Omit<Boundary, "phase"> | null = null;
  let transaction: Step | null = null;
  const label = (chunk: Buffer): Omit<Boundary, "phase"> => {
    const text = chunk.subarray(0, LOOKED_AT_BYTES).toString("latin1");
    const isEnd = /^Q.{4}(COMMIT|ROLLBACK)/s.test(text);
    const step = isEnd ? transaction && "commit" : stepOfStatement(text);
    transaction = isEnd ? null : (step ?? transaction);
    return { step, text };
  };
  void each(client, async (chunk) => {
    asked = label(chunk);
    if (!(await gate({ ...asked, phase: "asked" }))) return false;
    upstream.write(chunk);
    return true;
  });
  void each(upstream, async (chunk) => {
    const answered = asked;
    asked = null;
    if (answered !== null && !(await gate({ ...answered, phase: "answered" }))) return false;
    client.write(chunk);
    return true;
  });
}

/** One after the other; the socket is kept open where it is the end, for whoever drops it. */
async function each(socket: Socket, work: (chunk: Buffer) => Promise<boolean>): Promise<void> {
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false }))
      if (!(await work(chunk))) return;
  } catch {
    // It was reset, and its listener for `close` ends the other.
  }
}
