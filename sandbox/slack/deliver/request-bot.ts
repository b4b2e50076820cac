import type { Ack, Workspace } from "../workspace/workspace.ts";
import { signatureHeaders } from "./sign.ts";

/** How to reach the bot, and what all deliveries share. */
export interface BotLine {
  workspace: Workspace;
  requestUrl: string;
  signingSecret: string;
  signedAt: () => Date;
  /** The sandbox's own address, for response addresses. */
  origin: string;
  /** Aborted when the sandbox stops. */
  stopped: AbortSignal;
}

interface BotRequest {
  kind: Ack["kind"];
  contentType: "application/json" | "application/x-www-form-urlencoded";
  body: string;
  headers?: Record<string, string>;
  /** In place of the workspace's usual time for an acknowledgement. */
  withinMs?: number;
}

export interface BotAnswer {
  outcome: Ack["outcome"];
  /** 0 when there was none. */
  status: number;
  contentType: string;
  body: string;
}

/** Sends one signed request and records how it was acknowledged. Only 2xx in time counts. */
export async function requestBot(line: BotLine, request: BotRequest): Promise<BotAnswer> {
  const { workspace } = line;
  const began = performance.now();
  const answer = await send(line, request);
  workspace.acks.push({
    kind: request.kind,
    outcome: answer.outcome,
    ms: performance.now() - began,
  });
  workspace.feed.tell({ kind: "noted" });
  return answer;
}

async function send(line: BotLine, request: BotRequest): Promise<BotAnswer> {
  const timeout = AbortSignal.timeout(request.withinMs ?? line.workspace.timing.ackMs);
  try {
    const response = await fetch(line.requestUrl, {
      method: "POST",
      headers: {
        // Bolt takes a form only under exactly this type, so no charset is added.
        "content-type": request.contentType,
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        ...signatureHeaders(line.signingSecret, request.body, line.signedAt()),
        ...request.headers,
      },
      body: request.body,
      signal: AbortSignal.any([timeout, line.stopped]),
    });
    const body = await response.text();
    const contentType = response.headers.get("content-type") ?? "";
    const outcome = response.ok ? "acknowledged" : "refused";
    return { outcome, status: response.status, contentType, body };
  } catch {
    const outcome = timeout.aborted ? "timeout" : "unreachable";
    return { outcome, status: 0, contentType: "", body: "" };
  }
}
