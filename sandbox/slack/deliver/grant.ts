import type { ResponseGrant } from "../workspace/grants.ts";
import type { Workspace } from "../workspace/workspace.ts";

type Granted = { trigger_id: string; response_url: string };

/** The trigger and the response address that come with a command or a click. */
export function grantFor(
  workspace: Workspace,
  origin: string,
  occasion: Pick<ResponseGrant, "channel" | "user" | "original" | "threadTs">,
): Granted {
  const now = workspace.now().getTime();
  const trigger_id = workspace.grants.grantTrigger(new Date(now + workspace.timing.triggerMs));
  const expiresAt = new Date(now + workspace.timing.responseUrlMs);
  const { id } = workspace.grants.grantResponse({ ...occasion, expiresAt });
  return { trigger_id, response_url: `${origin}/respond/${id}` };
}
