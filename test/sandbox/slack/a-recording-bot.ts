import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Recorded {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RecordingBot {
  requestUrl: string;
  /** All that came after the challenge. */
  requests: Recorded[];
  /** A field of a command's form. */
  field(index: number, name: string): string;
  stop(): Promise<void>;
}

/** Answers the challenge, then each request with what `reply` says; null is never. */
export async function aRecordingBot(
  reply: (index: number) => {
    status: number;
    type?: string;
    body?: string;
    headers?: Record<string, string>;
  } | null,
): Promise<RecordingBot> {
  const requests: Recorded[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>)).toString();
    if (body.includes('"url_verification"')) {
      outgoing.end((JSON.parse(body) as { challenge: string }).challenge);
      return;
    }
    requests.push({ headers: incoming.headers, body });
    const answer = reply(requests.length - 1);
    if (answer)
      outgoing
        .writeHead(answer.status, {
          "content-type": answer.type ?? "text/plain",
          ...answer.headers,
        })
        .end(answer.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    requestUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    requests,
    field: (index, name) => new URLSearchParams(requests[index]?.body).get(name) ?? "",
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
