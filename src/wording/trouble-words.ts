/** Why something did not go out, and what to do: by the platform's own word, or ours. */

export interface TroubleWords {
  /** A clause behind a colon. */
  why: string;
  /** One step. */
  next: string;
}

/** Words for every code: where it is unknown, itself, so that it can be looked up. */
export function troubleWords(code: string): TroubleWords {
  const known = words[code];
  if (known !== undefined) return known;
  const { why, next } = families.find(({ of }) => of.test(code)) ?? unknown;
  return { why: `${why} (${code})`, next };
}

/** Whether a code has words of its own, or those of its family. */
export function hasTroubleWords(code: string): boolean {
  return words[code] !== undefined || families.some(({ of }) => of.test(code));
}

const invite = "Invite the bot there: in the channel type /invite and choose it.";
const newToken = "Install the app again, hand its new token over and start kpi serve again.";
const own = "Name a channel of your own in kpi.yaml instead.";
const allow = (key: string) =>
  `Name another channel in kpi.yaml, or allow it there for this one: ${key}: true.`;
const rights =
  "Give the bot View Channel, Send Messages, Embed Links, Attach Files, Create Public Threads, Send Messages in Threads and Read Message History there.";
const askSlack = "Ask an administrator of the workspace to allow the app to post there.";
const archived = "Unarchive it, or name another in kpi.yaml.";
const sources = "Run kpi doctor: it says what the sources lack.";

const tryMapping = "Run kpi import --mapping with the mapping: it names the line.";

const words: Readonly<Record<string, TroubleWords>> = {
  // The token, and with it the whole platform.
  account_inactive: { why: "the app was removed from the workspace", next: newToken },
  invalid_auth: { why: "the platform does not know the bot's token", next: newToken },
  not_authed: { why: "the platform was given no token", next: newToken },
  token_expired: { why: "the bot's token has expired", next: newToken },
  token_revoked: { why: "the bot's token was revoked", next: newToken },
  http_401: {
    why: "the platform does not know the bot's token",
    next: "Copy the token again (Bot, Reset Token, on the application's page) and start kpi serve again.",
  },
  // A channel, and what the bot may do there.
  channel_archived: { why: "the channel is archived", next: archived },
  is_archived: { why: "the channel is archived", next: archived },
  "50083": { why: "the thread is archived", next: "Open the thread again." },
  channel_external: { why: "another organisation can read the channel", next: allow("external") },
  channel_guests: { why: "guests can read the channel", next: allow("guests") },
  figures_stand: {
    why: "others can read the channel by now",
    next: "Delete them by hand; kpi audit lists what was deleted.",
  },
  unchecked: {
    why: "who reads the channel cannot be checked",
    next: "Run kpi doctor: it says which scope or permission is missing.",
  },
  not_in_channel: { why: "the bot is not in the channel", next: invite },
  channel_not_found: {
    why: "the platform shows the bot no such channel",
    next: `${invite} Else correct its id in kpi.yaml.`,
  },
  channel_is_limited_access: {
    why: "access to the channel is limited",
    next: "Let the bot into the channel, or name another in kpi.yaml.",
  },
  access_denied: { why: "Slack lets the app not in there", next: askSlack },
  app_access_restricted: { why: "the workspace restricts who uses the app", next: askSlack },
  ekm_access_denied: { why: "the workspace's keys (EKM) are withheld there", next: askSlack },
  no_permission: { why: "the app may not post there", next: askSlack },
  restricted_action: { why: "the workspace's settings forbid posting there", next: askSlack },
  restricted_action_read_only_channel: { why: "the channel is read-only", next: askSlack },
  restricted_action_thread_locked: { why: "the thread is locked", next: "Unlock the thread." },
  restricted_action_thread_only_channel: {
    why: "the channel takes only replies in threads",
    next: own,
  },
  messages_tab_disabled: {
    why: "the app takes no direct messages",
    next: "Turn on App Home, Messages Tab, on the app's page; kpi manifest has it on.",
  },
  missing_scope: {
    why: "the bot's token lacks a scope",
    next: "Run kpi doctor: it names the scope. Paste what kpi manifest prints into the app's page and install it again.",
  },
  "10003": {
    why: "Discord knows no such channel",
    next: "Correct its id in kpi.yaml (Copy Channel ID, in developer mode).",
  },
  "50001": { why: "the bot does not see the channel", next: rights },
  "50013": { why: "the bot lacks a permission in the channel", next: rights },
  "50007": {
    why: "the person takes no direct messages from the bot",
    next: "Allow direct messages from members of the server, in the server's privacy settings.",
  },
  "160005": { why: "the thread is locked", next: "Unlock the thread." },
  // The platform for a while.
  limited: {
    why: "the platform asks us to come more slowly",
    next: "Nothing, if it passes. Else see what else posts with the same app.",
  },
  timeout: {
    why: "the platform did not answer in time",
    next: "Check the network and the platform's status page.",
  },
  broken: {
    why: "a fault of ours, which the log tells",
    next: "Look into the log for delivery_broken, and report it.",
  },
  // How a post ended.
  given_up: {
    why: "it was tried five times in a quarter of an hour",
    next: "See that the platform answers again.",
  },
  ambiguous: {
    why: "the platform's answer was lost, and the channel cannot be read back",
    next: "Look into the channel.",
  },
  unreadable_run: {
    why: "it was stored by a newer version of the program",
    next: "Start the newer version again.",
  },
  platform_off: {
    why: "its platform is not configured",
    next: "Set the platform's token.",
  },
  invalid_blocks: {
    why: "Slack refused its layout, the plainest too",
    next: "Report it with the log's line delivery_dead.",
  },
  msg_too_long: {
    why: "it is too long for the platform",
    next: "Report it with the log's line delivery_dead.",
  },
  message_limit_exceeded: {
    why: "the workspace's plan takes no more messages",
    next: "See the workspace's limits.",
  },
  // What is seen from outside.
  database_away: {
    why: "it does not answer, or refuses us",
    next: "Run kpi doctor: it says what is wrong with it.",
  },
  not_ticking: {
    why: "kpi serve has not looked for what is due for some minutes",
    next: "Start kpi serve, or see in its log why it does not go on.",
  },
  not_begun: {
    why: "it was due, and nobody has begun it",
    next: "See that kpi serve runs, and look into its log for tick_failed.",
  },
  late_build: {
    why: "it is past its time and not built",
    next: "Look into the log of kpi serve for report_not_built and job_failed.",
  },
  stuck: {
    why: "it has waited for more than ten minutes",
    next: "See kpi runs, and the log of kpi serve.",
  },
  not_built: {
    why: "building it fails",
    next: "Run kpi doctor, and look into the log for report_not_built.",
  },
  source_database: {
    why: "your own database does not answer, or refuses the login",
    next: "See that it runs, and check SOURCE_DATABASE_URL.",
  },
  source_unreadable_file: { why: "a file or their folder cannot be read", next: sources },
  source_no_tables: { why: "the folder has no <table>.csv", next: sources },
  source_mapping: { why: "the mapping has a fault", next: tryMapping },
  source_mapping_sql: { why: "a SELECT of the mapping fails", next: tryMapping },
};

const network = "Check the network and the platform's status page.";

const families: readonly (TroubleWords & { of: RegExp })[] = [
  {
    of: /^http_5\d\d$|^(internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org)$/,
    why: "the platform is failing",
    next: network,
  },
  {
    of: /^(unreadable_answer|unexpected_answer|http_\d+)$/,
    why: "what answers does not answer as the platform does",
    next: "See what the proxy in between does, and SLACK_API_URL or DISCORD_API_URL if they are set.",
  },
  {
    of: /^(CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/,
    why: "the platform's certificate is not trusted",
    next: "See what the proxy in between does, and the machine's clock.",
  },
  { of: /^(UND_ERR_\w+|E[A-Z_]+|SocketError)$/, why: "the platform is not reached", next: network },
  { of: /^source/, why: "loading them fails", next: sources },
];

const unknown: TroubleWords = {
  why: "it was refused",
  next: "Look the code up in the platform's reference.",
};
