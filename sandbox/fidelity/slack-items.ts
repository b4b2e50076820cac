import { done, type Item } from "./item.ts";

const deliver = "sandbox/slack/deliver.test.ts";
const sockets = "sandbox/slack/socket-mode.test.ts";
const methods = "sandbox/slack/methods.test.ts";
const messages = "sandbox/slack/messages.test.ts";
const modals = "sandbox/slack/modals.test.ts";
const faults = "sandbox/slack/faults.test.ts";
const blocks = "sandbox/slack/blocks.test.ts";
const payloads = "sandbox/slack/payloads.test.ts";
const page = "sandbox/slack/page-interactions.test.ts";

/** Every method is held against Slack's own reference. */
const reference = [
  methods,
  "%s takes only arguments, scopes and bodies that the reference has",
] as const;

export const slackItems: readonly Item[] = [
  done(
    "Signed form and JSON delivery",
    [payloads, "interactions have the fields of Slack's own"],
    [deliver, "is a form signed over its time and body"],
    [deliver, "tells the bot what people say, with the head of the thread they say it in"],
  ),
  done("url_verification", [
    deliver,
    "a request URL that does not repeat the challenge is not taken",
  ]),
  done(
    "retry headers",
    [
      deliver,
      "is sent again under the same id until it is acknowledged, saying which time and why",
    ],
    [deliver, "is given up after the third retry"],
    [deliver, "is not sent again to a bot that asks for no retry"],
  ),
  done(
    "the 3 s timeout and the failure that the user sees",
    [deliver, "that is not acknowledged in time fails before the eyes of who asked"],
    [deliver, "to a bot that answers with an error, or is not there, fails visibly too"],
    [page, "a form whose app does not answer stays with what was typed, and says so"],
  ),
  done("Socket Mode tickets", [
    sockets,
    "gives an address that is good once, and for half a minute",
  ]),
  done("hello", [sockets, "is greeted with how many there are, and pinged"]),
  done(
    "envelopes",
    [sockets, "gets an event again that it has not acknowledged, under the same event's id"],
    [sockets, "takes its turn with the others"],
    [sockets, "that is deaf stays open and hears nothing until it is healed"],
  ),
  done("ack payloads", [
    sockets,
    "answers a command in its acknowledgement and through its response address",
  ]),
  done(
    "ping/pong",
    [sockets, "is greeted with how many there are, and pinged"],
    [sockets, "leaves a connection that has gone silent, pings and all"],
  ),
  done(
    "disconnect reasons",
    [sockets, "is warned, then sent away, when its time is over"],
    [sockets, "that is an eleventh is sent away, and all are when Socket Mode is turned off"],
    [sockets, "comes back after Slack has said %s, and hears what is said then"],
  ),
  done("`auth.test`", [methods, "without a token, or with another, is refused"], reference),
  done("`apps.connections.open`", [sockets, "takes the app's token and no other"], reference),
  done(
    "`chat.postMessage/update/delete/postEphemeral/getPermalink`",
    reference,
    [messages, "is changed in place and marked as edited, with blocks gone when only text comes"],
    [messages, "that was deleted is found no more"],
    [messages, "to one person is in no history"],
    [messages, "has a permalink that leads to it on the page"],
  ),
  done(
    "`conversations.open`",
    [methods, "tell of guests, strangers, outsiders and members"],
    reference,
  ),
  done(
    "`views.open/update/push/publish`",
    [modals, "is submitted with what stands in it, as state and by block"],
    [
      modals,
      "is changed and pushed onto by methods, three high at most, and not over a stale hash",
    ],
    [modals, "tells the app when it is opened, and shows the home that it publishes"],
    reference,
  ),
  done(
    "the upload methods and upload URL",
    [messages, "sent by the library's own uploadV2 arrives in the channel"],
    [messages, "whose bytes are fewer than announced is refused"],
  ),
  done("`files.info`", [
    messages,
    "has no type at first, and is an image when it is looked at again",
  ]),
  done(
    "`conversations.history/replies/info/members`",
    [messages, "is read oldest first with its head, which counts its replies"],
    [messages, "gives what came after a ts, page by page"],
    [methods, "tell of guests, strangers, outsiders and members"],
    reference,
  ),
  done(
    "`users.info/list`",
    [methods, "tell of guests, strangers, outsiders and members"],
    [methods, "list everybody, page by page, the app among them"],
  ),
  done(
    "mimetype and shares that come late",
    [faults, "has its type late"],
    [faults, "shows late where it was shared, though the message is there"],
  ),
  done(
    "response_url 5 uses in 30 min",
    [deliver, "works five times and no more"],
    [deliver, "works for thirty minutes and no longer"],
  ),
  done("single-use expiring triggers", [deliver, "a trigger opens one view, within three seconds"]),
  done("block_suggestion", [
    modals,
    "offers what the app suggests for what is typed, and is submitted with it",
  ]),
  done(
    "block limits with json-pointer errors",
    [blocks, "blocks within Slack's limits pass, and one more is a fault at its place"],
    [modals, "that breaks Slack's rules is refused with the place of each fault"],
  ),
  done("`missing_scope`", [methods, "without the scope it needs is refused with the scope's name"]),
  done("`not_in_channel`", [methods, "to a place where the bot cannot post says why"]),
  done("`channel_not_found`", [methods, "to a place where the bot cannot post says why"]),
  done("`is_archived`", [methods, "to a place where the bot cannot post says why"]),
  done("message events for the bot's own posts", [
    deliver,
    "tells the bot of its own posts, edits and deletions too",
  ]),
  done("faults per method", [faults, "fails the next time and every time until then, as planned"]),
  done(
    "429 with and without Retry-After",
    [faults, "is limited with the time to wait, or without it, and is not carried out"],
    [faults, "limited reaches the real client as a rate limit"],
  ),
  done("500", [faults, "fails with a status and a body that is no JSON"]),
  done("5xx or reset after the call took effect", [faults, "fails after it has been carried out"]),
  done("hang", [faults, "hangs until its caller gives up"]),
  done(
    "duplicate and out-of-order events",
    [faults, "comes twice under one id, signed each time anew"],
    [faults, "is overtaken by later ones"],
    [faults, "is told again days later, under the id it had"],
  ),
  done(
    "Slack Connect flags",
    [
      deliver,
      "never comes from a channel that the bot is not in, and says when a channel is shared",
    ],
    [modals, "which organisation a stranger in a shared channel is of"],
    [methods, "tell of guests, strangers, outsiders and members"],
  ),
];
