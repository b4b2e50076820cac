import { z } from "zod";
import type { ChannelFacts, ChatFault, PersonFacts } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import type { SlackCall } from "./slack-call.ts";
import { type HasGuests, isGuest } from "./slack-guests.ts";
import type { SlackSelf } from "./slack-self.ts";

/**
 * A channel as Slack knows it now. A channel shared within one's own enterprise is not external. Where
 * Slack does not say whether guests are in it, the whole check has failed; of a direct message, whose
 * people are known, and of a channel that another organisation reads it is not asked.
 */
export async function slackChannelFacts(
  call: SlackCall,
  hasGuests: HasGuests,
  channel: string,
): Promise<Result<ChannelFacts, ChatFault>> {
  // Both at once, for somebody may wait for the answer.
  const [info, guests] = await Promise.all([
    call("conversations.info", { channel }, channelAnswer),
    channel.startsWith("D") ? ok(null) : hasGuests(channel),
  ]);
  if (!info.ok) return info;
  const facts = info.value.channel;
  const external = isExternal(facts);
  if (!guests.ok && !external) return guests;
  return ok({
    name: facts.name ?? channel,
    external,
    archived: facts.is_archived === true,
    guests: guests.ok ? guests.value : null,
    direct: facts.is_im === true,
  });
}

/**
 * `is_stranger` is false for a person of another organisation who shares a channel with us, so the
 * team is compared too; whoever's team is not told counts as a stranger.
 */
export async function slackPersonFacts(
  call: SlackCall,
  self: SlackSelf,
  user: string,
): Promise<Result<PersonFacts, ChatFault>> {
  const info = await call("users.info", { user }, userAnswer);
  if (!info.ok) return info;
  const facts = info.value.user;
  const colleague =
    facts.team_id === self.teamId ||
    (self.enterpriseId !== null && facts.enterprise_user?.enterprise_id === self.enterpriseId);
  return ok({
    name: facts.profile?.display_name || facts.real_name || facts.name || user,
    guest: isGuest(facts),
    stranger: facts.is_stranger === true || !colleague,
    bot: facts.is_bot === true,
    active: facts.deleted !== true,
  });
}

const flag = z.boolean().optional();

/** What a channel says of who reads it. */
export const sharing = z.object({
  is_ext_shared: flag,
  is_pending_ext_shared: flag,
  pending_shared: z.array(z.unknown()).optional(),
});

/** Another organisation reads there, or is invited to. */
export function isExternal(channel: z.infer<typeof sharing>): boolean {
  return (
    channel.is_ext_shared === true ||
    channel.is_pending_ext_shared === true ||
    (channel.pending_shared ?? []).length > 0
  );
}

const channelAnswer = z.object({
  channel: sharing.extend({ name: z.string().optional(), is_archived: flag, is_im: flag }),
});

const userAnswer = z.object({
  user: z.object({
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
    team_id: z.string().optional(),
    enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    is_bot: flag,
    deleted: flag,
  }),
});
