/** What docs/sandbox.md says that no table can. */

export const HOW_TO_START = `\`sandbox/\` holds a Slack and a Discord of one's own on the loopback address. They know the bot only
through HTTP and WebSocket, so the bot that is tried there is the one that runs at work. \`npm run demo\`
starts both with a company's data and prints the addresses of their pages; a test starts one with nothing
in it:

\`\`\`ts
import { startSlackSandbox } from "../sandbox/slack/index.ts";

const slack = await startSlackSandbox({
  signingSecret: "secret",
  botToken: "xoxb-sandbox",
  appToken: "xapp-sandbox", // only for Socket Mode
  channels: [{ id: "C0ALL", name: "all-metrics" }],
  users: [{ id: "U0ANA", name: "ana" }],
  now: () => new Date(),
});
// SLACK_API_URL of the bot is slack.apiUrl. Then either its address is verified ...
await slack.connect("http://127.0.0.1:3000/slack/events");
// ... or it opens a socket by itself, and everything goes there from then on.
await slack.typeCommand({ channel: "C0ALL", user: "U0ANA", text: "/kpi adoption" });
slack.transcript("C0ALL"); // what a person reads there
slack.problems(); // what the bot sent that Slack would not have taken
\`\`\`

On Slack's page (\`slack.url\`) one is whoever one chooses to be. A slash command, a message, a mention and a
direct message go to the bot; buttons, menus and forms work, by the keyboard too; "Break something" plans
the usual faults. \`slack.modals\`, \`slack.appHome\`, \`slack.suggest\` and \`slack.useShortcut\` do from a test
what a person does there. On Discord's page commands, messages, replies in threads and buttons work; menus, modals
and autocompletion are for tests (\`discord.choose\`, \`discord.submitModal\`, \`discord.suggest\`).

\`slack.sockets\` has what happens to a socket: \`disconnect("refresh_requested")\` (or \`warning\`,
\`link_disabled\`, \`too_many_websockets\`), \`drop()\` as a network does it, and \`deafen("envelopes")\` for a connection that
stays up and hears nothing (\`"everything"\`: answers no ping either; \`null\` ends it).`;

export const HOW_TO_USE_FAULTS = `One call plans what goes wrong, and at which place:

\`\`\`ts
slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true }); // posted, and the answer lost
slack.faults.next("files.info", { kind: "limited", retryAfterS: 7 }, 3); // three times
slack.faults.always("any method", { kind: "error", error: "token_revoked" });
slack.faults.next("event", { kind: "lost" }); // only the retry arrives
slack.faults.count("chat.postMessage"); // how many were met
slack.faults.clear(); // or of one place
slack.replayEvents(); // every event so far (a thousand at most) once more, under the id it had
\`\`\`

The same over HTTP, for a sandbox in another process:

\`\`\`sh
curl -s $SLACK/faults -H 'content-type: application/json' \\
  -d '{"place": "chat.postMessage", "fault": {"kind": "status", "status": 502}, "times": "always"}'
curl -s $SLACK/faults              # what is planned and what was met
curl -s -X DELETE $SLACK/faults    # or ?place=chat.postMessage
\`\`\`

A fault at a method's own place is met before one at \`any method\`. A fault that takes its effect first
has \`afterEffect\`; without it nothing happened.`;

export const DIFFERENT_FROM_SLACK = `Where it is not as Slack is, or Slack says too little to know:

- Retries of events come within seconds, not minutes (\`timing.retryDelaysMs\`); no rate is limited by itself, only by a fault.
- A text over 40,000 characters is refused, where Slack cuts it off. 5,000 messages of a channel and 1,000 files are kept, of events that can be told again a thousand.
- A text over 40,000 characters is refused, where Slack cuts it off. 5,000 messages of a channel and 1,000 files are kept, of events that can be told again a thousand.
- What people write has no \`blocks\`, in events and in history.
- The options of groups stand one after the other in a menu; \`timepicker\`, \`rich_text_input\`, \`file_input\` and the other multiple menus are not known, nor are the blocks \`markdown\`, \`card\`, \`carousel\`, \`container\` and those of tasks.
- A direct message is with one person; global shortcuts and \`interactivity_pointer\` are not there.
- That an envelope may be acknowledged over another connection, and that a ticket's second use answers 403, are guesses; so is the Web API's answer to an app whose Socket Mode was turned off, which here may connect again.
- An unanswered click is told by a message where Slack shows a sign beside the button.`;

export const DIFFERENT_FROM_DISCORD = `Where it is not as Discord is, or Discord says too little to know:

- The rates of single routes are Discord's secret: here each has its global one, 50 calls a second (\`rates\`).
- A message whose mentions Discord would parse is refused; Discord takes it, and calls everybody.
- One server, whose people may do everything; \`denied\` of a channel is what the bot may not do there.
- Embeds, files and rows of buttons and menus are known, not the layouts of Components V2 (only a modal's labels are).
- Menus of roles, reactions, edits by people, private threads, forums and voice are not there; of a command all that is typed goes into its first option.
- That an archived thread's messages can be deleted but not edited is a guess; so is the time after which a client that sends no heartbeat is closed (three beats, ten seconds at least).`;

export const DISCORD_FAULTS = `### Breaking Discord

\`discord.faults\` has the same four calls as Slack's, at the operations of Discord's own document.
\`discord.dropConnections(forget)\`, \`askToReconnect()\`, \`invalidateSessions()\`, \`closeConnections(code)\` and
\`fallSilent(is)\` break the gateway.`;
