import type { Channel, Workspace } from "../workspace/workspace.ts";
import { type Answer, refusal } from "./method.ts";

/** A refusal unless one of these scopes was granted; null when the call may go on. */
export function scopeRefusal(workspace: Workspace, wanted: readonly string[]): Answer | null {
  const granted = workspace.scopes;
  if (!granted || wanted.length === 0 || wanted.some((scope) => granted.has(scope))) return null;
  return refusal("missing_scope", {
    needed: wanted.join(","),
    provided: [...granted].join(","),
  });
}

const FAMILY = { channel: "channels", group: "groups", im: "im" } as const satisfies Record<
  Channel["kind"],
  string
>;

/** Scopes over conversations are granted by the conversation's kind: `channels:read`, `im:history`. */
export function conversationScope(channel: Channel, verb: "read" | "history"): string {
  return `${FAMILY[channel.kind]}:${verb}`;
}

export function conversationScopes(verb: "read" | "history"): string[] {
  return ["channels", "groups", "im", "mpim"].map((family) => `${family}:${verb}`);
}
