/** Between a process and Slack's HTTP API: sees each request and each answer, and may keep it for ever. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { stepOfRequest } from "./step.ts";
import type { Gate } from "./watched-postgres.ts";

export interface WatchedSlack {
  origin: string;
  /** Resolves when Slack has answered everything that has reached it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function watchSlack(target: string, gate: Gate): Promise<WatchedSlack> {
  const under = new Set<Promise<Answer>>();
  const server = createServer((incoming, outgoing) => {
    const passOn = async (body: Buffer): Promise<Answer> => {
      const answer = carryOut(target, incoming, body);
      under.add(answer);
      return answer.finally(() => under.delete(answer));
    };
    meet(incoming, outgoing, passOn).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  async function meet(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    passOn: (body: Buffer) => Promise<Answer>,
  ): Promise<void> {
    const body = await buffer(incoming);
    const text = `${incoming.url}\n${body.subarray(0, 4_096).toString("latin1")}`;
    const step = stepOfRequest(text);
    if (!(await gate({ step, text, phase: "asked" }))) return;
    const answer = await passOn(body);
    if (!(await gate({ step, text, phase: "answered" }))) return;
    const { "content-length": _, ...headers } = answer.headers;
    // Files are uploaded to an address that Slack names.
    outgoing.writeHead(answer.status, headers).end(answer.body.replaceAll(target, origin));
  }

  return {
    origin,
    settled: async () => void (await Promise.allSettled(under)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

function carryOut(
  target: string,
  { url, method, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request(new URL(url ?? "/", target), { method, headers }, (answer) => {
      buffer(answer).then((bytes) => {
        const { statusCode = 502, headers: given } = answer;
        done({ status: statusCode, headers: given, body: bytes.toString("utf8") });
      }, fail);
    });
    sent.on("error", fail).end(body);
  });
}
