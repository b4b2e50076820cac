/** Refusals that a person can mend, so that what they hold up waits for that. All others are final. */

/** Of the whole platform: its token. Sources: Slack's Web API, common errors; Discord, opcodes and status codes. */
const ofToken = [
  "account_inactive",
  "invalid_auth",
  "not_authed",
  "token_expired",
  "token_revoked",
  "http_401",
] as const;

/** Of one channel, or of what the bot may do there. */
const ofChannel = [
  // What we found before posting.
  "channel_archived",
  "channel_external",
  "channel_guests",
  // Slack.
  "access_denied",
  "app_access_restricted",
  "channel_is_limited_access",
  "channel_not_found",
  "ekm_access_denied",
  "is_archived",
  "messages_tab_disabled",
  "missing_scope",
  "no_permission",
  "not_in_channel",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_thread_locked",
  "restricted_action_thread_only_channel",
  // Discord: unknown channel, missing access, missing permissions, closed to bots, a locked thread.
  "10003",
  "50001",
  "50007",
  "50013",
  "160005",
] as const;

export type Mendable = (typeof ofToken)[number] | (typeof ofChannel)[number];

const tokenCodes: ReadonlySet<string> = new Set(ofToken);
const all: ReadonlySet<string> = new Set([...ofToken, ...ofChannel]);

export const mendableCodes: readonly Mendable[] = [...ofToken, ...ofChannel];

export function isMendable(code: string): boolean {
  return all.has(code);
}

/** Whether it holds up everything on its platform. */
export function isOfToken(code: string): boolean {
  return tokenCodes.has(code);
}
