import { done, type Item, notYet, partly } from "./item.ts";

const sandbox = "sandbox/discord/discord-sandbox.test.ts";
const receive = "bot/discord/receive.test.ts";
const contract = "contract/chat-port.contract.ts";

const dropped = [receive, "delivers again after a connection that was dropped and %s"] as const;
const lost = [
  contract,
  "a post whose answer was lost is ambiguous, and found without a second one",
] as const;
const PROXY = "The sandbox does not do it; a proxy of the tests between the bot and it does.";

export const discordItems: readonly Item[] = [
  done("`/gateway/bot`", [sandbox, "knows nobody without the token"]),
  done("HELLO/IDENTIFY/READY/GUILD_CREATE", dropped),
  partly(
    "heartbeats and their absence",
    "Heartbeats are answered; the sandbox cannot fall silent.",
    dropped,
  ),
  partly("op 7 and 9", "Op 9 when a session is forgotten; op 7 is never sent.", dropped),
  done("RESUME replayed and refused", dropped),
  partly("closes 4000/4004/4014", "4004 only.", [
    sandbox,
    "the gateway closes on a wrong token with 4004",
  ]),
  done("intent filtering with blanked content", [
    sandbox,
    "the gateway keeps what is said from a bot without the intent for it",
  ]),
  done("command PUT", [sandbox, "takes the first answer to an interaction once"]),
  partly(
    "all interaction types",
    "Commands and buttons; no autocompletion, menu or modal.",
    [sandbox, "takes the first answer to an interaction once"],
    [receive, "is what a button's value says when the button is clicked"],
  ),
  done("callback (3 s, 40060)", [sandbox, "takes the first answer to an interaction once"]),
  done("`@original` multipart", [contract, "an answer to %s is replaced by the next one"]),
  done("follow-ups", [contract, "an answer that goes from %s to %s leaves nothing behind"]),
  done("15 min expiry", [receive, "goes to the channel when its token has run out meanwhile"]),
  done("messages with the nonce window", [
    sandbox,
    "posts once under a nonce, for some minutes, and forgets the nonce with the reading",
  ]),
  done("PATCH", [contract, "an edit replaces the words and takes the old picture away"]),
  done("DELETE", [contract, "a deleted message is gone, and deleting it again is refused"]),
  done("GET `after`", dropped),
  partly(
    "threads (160004, archived, uncached)",
    "No thread is ever archived.",
    [sandbox, "starts one thread from a message, with the message's id"],
    [receive, "delivers what is said in a thread that the client has never seen"],
  ),
  notYet("rate-limit headers", "No answer has them."),
  notYet("per-route and global 429", PROXY),
  done("50035 bodies", [sandbox, "refuses %s"]),
  notYet("50001/50013", "Every channel of the server may be read and written by the bot."),
  partly("5xx after the call took effect", PROXY, lost),
  partly("reset", PROXY, lost),
  partly("hang", PROXY, lost),
];
