import { channelName, personName } from "../message.ts";
import type { AccessRules, Caller } from "./access-rules.ts";

/** Whoever kpi.yaml names under `operators`, wherever they ask; and the terminal, which holds the data. */
export function isOperator({ operators }: AccessRules, caller: Caller): boolean {
  if (caller.kind === "terminal") return true;
  return caller.kind === "person" && operators.has(callerName(caller));
}

/** As kpi.yaml and the audit write it: `slack:U0ANA`. */
export function callerName(caller: Caller): string {
  if (caller.kind !== "person") return caller.kind;
  return personName(caller.person);
}

/** Where they are, as the audit writes it: `slack:C0ALL`; null: on the terminal. */
export function callerPlace(caller: Caller): string | null {
  return caller.kind === "terminal" ? null : channelName(caller.channel);
}
