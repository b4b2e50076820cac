import { done, type Item, partly } from "./item.ts";

const sandbox = "sandbox/discord/discord-sandbox.test.ts";
const faults = "sandbox/discord/faults.test.ts";
const receive = "bot/discord/receive.test.ts";
const contract = "contract/chat-port.contract.ts";

const dropped = [receive, "delivers again after a connection that was dropped and %s"] as const;
const lost = [
  contract,
  "a post whose answer was lost is ambiguous, and found without a second one",
] as const;

export const discordItems: readonly Item[] = [
  done("`/gateway/bot`", [sandbox, "knows nobody without the token"]),
  done("HELLO/IDENTIFY/READY/GUILD_CREATE", dropped),
  done("heartbeats and their absence", dropped, [
    faults,
    "leaves a gateway that answers no heartbeat, and hears afterwards what was said meanwhile",
  ]),
  done("op 7 and 9", dropped, [
    faults,
    "comes again when it is asked to, and hears what was said since",
  ]),
  done("RESUME replayed and refused", dropped),
  done(
    "closes 4000/4004/4014",
    [sandbox, "the gateway closes on a wrong token with 4004"],
    [faults, "comes again after a close with 4000, and not after 4014"],
  ),
  done("intent filtering with blanked content", [
    sandbox,
    "the gateway keeps what is said from a bot without the intent for it",
  ]),
  done("command PUT", [sandbox, "takes the first answer to an interaction once"]),
  partly(
    "all interaction types",
    "Commands and buttons; no autocompletion, menu or modal.",
    [sandbox, "takes the first answer to an interaction once"],
    [contract, "a button comes back as it was given, with who pressed it and where"],
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
  partly("rate-limit headers", "Only an answer of 429 has them.", [
    faults,
    "is limited, globally: %s, as the real client understands it",
  ]),
  done("per-route and global 429", [
    faults,
    "is limited, globally: %s, as the real client understands it",
  ]),
  done("50035 bodies", [sandbox, "refuses %s"]),
  partly(
    "50001/50013",
    "As faults; by itself the bot may read and write every channel of the server.",
    [faults, "is refused with %i and %i"],
  ),
  done("5xx after the call took effect", [
    faults,
    "fails after it has been carried out, by its status or a reset",
  ]),
  done("reset", [faults, "fails after it has been carried out, by its status or a reset"], lost),
  done("hang", [faults, "hangs until its caller gives up"]),
];
