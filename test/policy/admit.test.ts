import { describe, expect, test } from "vitest";
import type { ChannelFacts, PersonFacts } from "../../src/message.ts";
import { admit, admitReport, type Question } from "../../src/policy/index.ts";
import { someRules } from "../support/some-rules.ts";

const place = { platform: "slack", channel: "C0ALL" };
const home: ChannelFacts = {
  name: "all",
  external: false,
  archived: false,
  guests: false,
  direct: false,
};
const colleague: PersonFacts = {
  name: "ana",
  guest: false,
  stranger: false,
  bot: false,
  active: true,
};
const asked: Question = {
  person: { platform: "slack", user: "U0ANA" },
  place,
  direct: false,
  external: false,
  channelFacts: home,
  personFacts: colleague,
};
const open = someRules([], {
  guestChannels: new Set(["slack:C0ALL"]),
  externalChannels: new Set(["slack:C0ALL"]),
});

/** Why it is refused; else who reads the answer. */
function outcome(question: Partial<Question>, rules = someRules()): string {
  const admitted = admit(rules, { ...asked, ...question });
  if (!admitted.ok) return admitted.fault;
  return admitted.value.kind === "terminal" ? "terminal" : admitted.value.readers;
}

describe("a question", () => {
  test.each<[string, Partial<Question>, string]>([
    ["of a colleague at home is answered", {}, "colleagues"],
    ["of a colleague in a direct message is", { direct: true, channelFacts: null }, "colleagues"],
    ["of a guest is not", { personFacts: { ...colleague, guest: true } }, "guest"],
    ["of a stranger is not", { personFacts: { ...colleague, stranger: true } }, "stranger"],
    ["of who left is not", { personFacts: { ...colleague, active: false } }, "former_member"],
    ["of a bot is not", { personFacts: { ...colleague, bot: true } }, "bot"],
    ["where others read is not", { channelFacts: { ...home, external: true } }, "channel_external"],
    ["where guests read is not", { channelFacts: { ...home, guests: true } }, "channel_guests"],
    [
      "where the platform cannot tell of guests is, with what is not sensitive",
      { channelFacts: { ...home, guests: null } },
      "unknown",
    ],
    ["is not where the platform says that others read it", { external: true }, "channel_external"],
    ["is not where the channel could not be checked", { channelFacts: null }, "unchecked"],
    ["is not where the person could not be checked", { personFacts: null }, "unchecked"],
    [
      "of a guest in a direct message is not",
      { direct: true, channelFacts: null, personFacts: { ...colleague, guest: true } },
      "guest",
    ],
  ])("%s", (_, question, expected) => {
    expect(outcome(question)).toBe(expected);
  });

  test("is answered where kpi.yaml allows guests or others, to colleagues alone", () => {
    const guests = { channelFacts: { ...home, guests: true } };
    const others = { channelFacts: { ...home, external: true } };
    expect(outcome(guests, open)).toBe("guests");
    expect(outcome(others, open)).toBe("others");
    expect(outcome({ external: true }, open)).toBe("others");
    const personFacts = { ...colleague, stranger: true };
    expect(outcome({ ...others, personFacts }, open)).toBe("stranger");
    expect(outcome({ ...guests, personFacts: { ...colleague, guest: true } }, open)).toBe("guest");
  });

  test("is answered in two only of all cases of person and place", () => {
    const flags = [false, true];
    const people = [
      null,
      ...flags.flatMap((guest) =>
        flags.flatMap((stranger) =>
          flags.flatMap((bot) =>
            flags.map((active) => ({ ...colleague, guest, stranger, bot, active })),
          ),
        ),
      ),
    ];
    const channels = [
      null,
      ...flags.flatMap((external) =>
        [false, true, null].map((guests) => ({ ...home, external, guests })),
      ),
    ];
    const outcomes = people.flatMap((personFacts) =>
      channels.flatMap((channelFacts) =>
        flags.map((external) => outcome({ external, channelFacts, personFacts })),
      ),
    );
    expect(outcomes.filter((one) => one === "colleagues" || one === "unknown")).toHaveLength(2);
    expect(outcomes).not.toContain("others");
    expect(outcomes).not.toContain("guests");
  });
});

describe("a report", () => {
  test.each<[string, Partial<ChannelFacts>, string]>([
    ["goes where colleagues read", {}, "colleagues"],
    ["does not go where others read", { external: true }, "channel_external"],
    ["does not go where guests read", { guests: true }, "channel_guests"],
    ["goes where nobody can tell of guests", { guests: null }, "unknown"],
    ["does not go where nothing can be posted", { archived: true }, "channel_archived"],
  ])("%s", (_, facts, expected) => {
    const admitted = admitReport(someRules(), place, { ...home, ...facts });
    expect(admitted.ok ? admitted.value.readers : admitted.fault).toBe(expected);
  });

  test("goes where kpi.yaml allows guests or others", () => {
    for (const facts of [{ guests: true }, { external: true }])
      expect(admitReport(open, place, { ...home, ...facts }).ok).toBe(true);
  });
});
