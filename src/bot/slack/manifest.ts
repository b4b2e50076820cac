/**
 * What the app in Slack must be allowed and told, as Slack's own manifest: the least that the calls
 * and events of this folder need. A test holds it against Slack's schema and method reference.
 */
export function slackManifest(requestUrl: string | null): unknown {
  // In Socket Mode nothing has an address; over HTTP everything has the same.
  const at = requestUrl === null ? {} : { request_url: requestUrl };
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: "Throughline",
      description:
        "Answers /kpi with a number, its change, a verdict and a chart; the Monday scorecard.",
    },
    features: {
      app_home: {
        home_tab_enabled: false,
        // Without it Slack tells people that they cannot write to the app.
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: "Throughline", always_online: true },
      slash_commands: [
        {
          command: "/kpi",
          ...(requestUrl === null ? {} : { url: requestUrl }),
          description: "A metric, the scorecard, a definition",
          usage_hint: "adoption tier=pro | scorecard | help",
          should_escape: true,
        },
      ],
    },
    oauth_config: { scopes: { bot: slackScopes } },
    settings: {
      event_subscriptions: { ...at, bot_events: slackEvents },
      interactivity: { is_enabled: true, ...at },
      org_deploy_enabled: false,
      socket_mode_enabled: requestUrl === null,
      token_rotation_enabled: false,
    },
  };
}

/** Each with what it is for: whoever installs the app reads them. */
export const slackScopes = [
  "commands", // /kpi
  "chat:write", // answers and reports
  "files:write", // the pictures
  "files:read", // whether a picture is ready to be shown
  "app_mentions:read", // questions by mention
  "im:history", // questions in a direct message
  "im:write", // what is for one person alone: files, and what the owner is told
  "channels:history", // what is said in a signal's thread, and whether a post arrived
  "groups:history",
  "channels:read", // whether a channel is shared with another organisation
  "groups:read",
  "users:read", // whether a person is a guest, or guests are in a channel
] as const;

const slackEvents = [
  "app_mention",
  "message.channels",
  "message.groups",
  "message.im",
  "channel_shared", // another organisation reads there from now on
  "member_joined_channel", // who may be a guest
] as const;
