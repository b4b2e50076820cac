/** Stands between a client and a TCP server, and lets the network fail. */
import { connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  port: number;
  /** Lets everything through again. */
  heal(): void;
  /** Resets every connection, and each new one at once, as a host without the server does. */
  cut(): void;
  /** No byte passes any more, either way, and nobody is told. */
  freeze(): void;
  stop(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: "open" | "cut" | "frozen" = "open";
  const server = createServer((client) => {
    if (state === "cut") return void client.resetAndDestroy();
    const upstream = connect(target.port, target.host);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.on("error", () => {});
      socket.on("close", () => {
        for (const either of pair) either.destroy();
        pairs.delete(pair);
      });
    }
    if (state === "open") join(pair);
  });
  const reset = (): void => {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return {
    port: address.port,
    heal: () => {
      // What was frozen has lost bytes, or never had its connection.
      if (state === "frozen") reset();
      state = "open";
    },
    cut: () => {
      state = "cut";
      reset();
    },
    freeze: () => {
      state = "frozen";
      for (const [client, upstream] of pairs) {
        client.unpipe(upstream).pause();
        upstream.unpipe(client).pause();
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        reset();
      }),
  };
}

function join([client, upstream]: readonly [Socket, Socket]): void {
  client.pipe(upstream).pipe(client);
}
