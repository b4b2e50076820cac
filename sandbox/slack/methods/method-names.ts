/** Every Web API method that this Slack knows. */
export const METHOD_NAMES = [
  "apps.connections.open",
  "auth.test",
  "chat.delete",
  "chat.getPermalink",
  "chat.postEphemeral",
  "chat.postMessage",
  "chat.update",
  "conversations.history",
  "conversations.info",
  "conversations.members",
  "conversations.open",
  "conversations.replies",
  "files.completeUploadExternal",
  "files.getUploadURLExternal",
  "files.info",
  "users.info",
  "users.list",
  "views.open",
  "views.publish",
  "views.push",
  "views.update",
] as const;

export type MethodName = (typeof METHOD_NAMES)[number];

export function isMethodName(name: string): name is MethodName {
  return METHOD_NAMES.some((known) => known === name);
}
