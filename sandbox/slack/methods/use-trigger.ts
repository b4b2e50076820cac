import type { Workspace } from "../workspace/workspace.ts";
import { type Answer, refusal } from "./method.ts";

type Used = { user: string; refusal: null } | { user: null; refusal: Answer };

/** Whose trigger it was; from now on it is used. */
export function useTrigger(workspace: Workspace, id: string): Used {
  const trigger = workspace.grants.useTrigger(id, workspace.now());
  switch (trigger.state) {
    case "valid":
      return { user: trigger.user, refusal: null };
    case "expired":
      return { user: null, refusal: refusal("expired_trigger_id") };
    case "exchanged":
      return { user: null, refusal: refusal("exchanged_trigger_id") };
    case "unknown":
      return { user: null, refusal: refusal("invalid_trigger_id") };
  }
}
