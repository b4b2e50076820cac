import type { ResponseGrant } from "../workspace/grants.ts";
import type { Workspace } from "../workspace/workspace.ts";

type Granted = { trigger_id: string; response_url: string };

/** What a modal is opened by; it comes with everything that a person does. */
export function triggerFor(workspace: Workspace, user: string): string {
  const expiresAt = new Date(workspace.now().getTime() + workspace.timing.triggerMs);
  return workspace.grants.grantTrigger(user, expiresAt);
}

/** The trigger and the response address that come with a command or a click. */
export function grantFor(
  workspace: Workspace,
  origin: string,
  occasion: Pick<ResponseGrant, "channel" | "user" | "original" | "threadTs">,
): Granted {
  const now = workspace.now().getTime();
  const trigger_id = triggerFor(workspace, occasion.user);
  const expiresAt = new Date(now + workspace.timing.responseUrlMs);
  const { id } = workspace.grants.grantResponse({ ...occasion, expiresAt });
  return { trigger_id, response_url: `${origin}/respond/${id}` };
}
