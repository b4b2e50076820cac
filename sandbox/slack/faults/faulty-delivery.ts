import type { BotAnswer, Delivery } from "../deliver/delivery.ts";
import { pause } from "../deliver/pause.ts";
import { RESPONSE_URL_USES } from "../workspace/grants.ts";
import type { Workspace } from "../workspace/workspace.ts";

const LOST: BotAnswer = { outcome: "timeout", status: 0, reply: null };

/** Sends a delivery, with whatever is planned for its kind. */
export async function sendWithFault(
  workspace: Workspace,
  delivery: Delivery,
  stopped: AbortSignal,
  send: (delivery: Delivery) => Promise<BotAnswer>,
): Promise<BotAnswer> {
  const fault = workspace.faults.take(delivery.kind);
  switch (fault?.kind) {
    case undefined:
      return send(delivery);
    case "lost":
      return LOST;
    case "twice": {
      const attempt = (delivery.retry?.attempt ?? 0) + 1;
      const [answer] = await Promise.all([
        send(delivery),
        send({ ...delivery, retry: { attempt, after: "timeout" }, signedLaterMs: 1000 }),
      ]);
      return answer;
    }
    case "overtaken":
      await overtaken(workspace, delivery.kind, fault.by, stopped);
      return send(delivery);
    case "delayed":
      await pause(fault.ms, stopped);
      return send({ ...delivery, withinMs: Math.max(delivery.withinMs - fault.ms, 0) });
    case "expired_trigger":
      workspace.grants.expireTrigger(String(delivery.payload.trigger_id));
      return send(delivery);
    case "used_response_url":
    case "expired_response_url":
      spoilResponse(workspace, delivery, fault.kind);
      return send(delivery);
  }
}

/** Resolves when so many others of the kind have been acknowledged or given up. */
function overtaken(
  workspace: Workspace,
  kind: Delivery["kind"],
  by: number,
  stopped: AbortSignal,
): Promise<void> {
  const last = workspace.acks.at(-1);
  const seen = () => {
    const since = last ? workspace.acks.lastIndexOf(last) + 1 : 0;
    return workspace.acks.slice(since).filter((ack) => ack.kind === kind).length;
  };
  return new Promise((resolve) => {
    const look = () => {
      if (!stopped.aborted && seen() < by) return;
      unlisten();
      stopped.removeEventListener("abort", look);
      resolve();
    };
    const unlisten = workspace.feed.listen(look);
    stopped.addEventListener("abort", look);
  });
}

function spoilResponse(
  workspace: Workspace,
  { payload }: Delivery,
  how: "used_response_url" | "expired_response_url",
): void {
  const grant = workspace.grants.findResponse(String(payload.response_url).split("/").at(-1) ?? "");
  if (!grant) return;
  if (how === "used_response_url") grant.uses = RESPONSE_URL_USES;
  else grant.expiresAt = new Date(0);
}
