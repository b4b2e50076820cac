import { done, type Item } from "./item.ts";

const sandbox = "sandbox/discord/discord-sandbox.test.ts";
const faults = "sandbox/discord/faults.test.ts";
const gateway = "sandbox/discord/gateway.test.ts";
const interactions = "sandbox/discord/interactions.test.ts";
const permissions = "sandbox/discord/permissions.test.ts";
const rates = "sandbox/discord/rates.test.ts";
const threads = "sandbox/discord/threads.test.ts";
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
  done(
    "op 7 and 9",
    dropped,
    [faults, "comes again when it is asked to, and hears what was said since"],
    [gateway, "that is over is begun anew by the real client"],
  ),
  done(
    "RESUME replayed and refused",
    dropped,
    [
      gateway,
      "is resumed from the number that its client has seen, and not from one it was never told",
    ],
    [gateway, "is not resumed when more has happened than is kept"],
  ),
  done(
    "closes 4000/4004/4014",
    [sandbox, "the gateway closes on a wrong token with 4004"],
    [faults, "comes again after a close with 4000, and not after 4014"],
    [gateway, "with %i %s"],
    [gateway, "with 4004 once it has identified too often, which is counted"],
  ),
  done("intent filtering with blanked content", [
    sandbox,
    "the gateway keeps what is said from a bot without the intent for it",
  ]),
  done("command PUT", [sandbox, "takes the first answer to an interaction once"]),
  done(
    "all interaction types",
    [sandbox, "takes the first answer to an interaction once"],
    [contract, "a button comes back as it was given, with who pressed it and where"],
    [interactions, "is answered with choices while it is being typed"],
    [interactions, "%s, in the menu of a %s, comes with what it was chosen on"],
    [interactions, "tells the bot what was chosen, and its message changes"],
    [interactions, "of %s comes with who or what was chosen"],
    [interactions, "is shown, filled and sent, and its answer is said"],
  ),
  done(
    "callback (3 s, 40060)",
    [sandbox, "takes the first answer to an interaction once"],
    [interactions, "a first answer comes back with its message to who asks for it"],
    [interactions, "an update that was put off changes the message itself"],
  ),
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
  done(
    "threads (160004, archived, uncached)",
    [sandbox, "starts one thread from a message, with the message's id"],
    [
      threads,
      "a thread that is archived tells the bot, and is opened again by whatever is said in it",
    ],
    [threads, "a thread in which nothing is said for its time is archived, and listed as such"],
    [threads, "what stands in an archived thread is read, and not edited before it is opened"],
    [threads, "a client that starts later is not told of an archived thread"],
    [threads, "a locked thread takes nothing from a bot that may not manage threads"],
    [receive, "delivers what is said in a thread that the client has never seen"],
  ),
  done(
    "rate-limit headers",
    [rates, "every answer says how many calls of its route are left, and until when"],
    [rates, "the real client waits by the headers, and is never limited by an answer"],
  ),
  done(
    "per-route and global 429",
    [faults, "is limited, globally: %s, as the real client understands it"],
    [rates, "one call too many is not carried out, and told as one of its route"],
    [rates, "too many calls of all routes together are told as global"],
  ),
  done(
    "50035 bodies",
    [sandbox, "refuses %s"],
    [sandbox, "says where in a body each fault is, as a tree of Discord's own codes"],
  ),
  done(
    "50001/50013",
    [
      permissions,
      "a channel that the bot may not see is refused with 50001, whatever is asked of it",
    ],
    [permissions, "without %s %s is refused with 50013"],
    [
      permissions,
      "the client reckons with what the channel denies, and hears nothing from one it cannot see",
    ],
    [permissions, "a bot that may not read the past finds none"],
    [faults, "is refused with %i and %i"],
  ),
  done("5xx after the call took effect", [
    faults,
    "fails after it has been carried out, by its status or a reset",
  ]),
  done("reset", [faults, "fails after it has been carried out, by its status or a reset"], lost),
  done("hang", [faults, "hangs until its caller gives up"]),
];
