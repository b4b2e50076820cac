import { describe, expect, test } from "vitest";
import type { ChannelFacts, PersonFacts } from "../../src/message.ts";
import { refuseQuestion } from "../../src/policy/index.ts";

const home: ChannelFacts = {
  name: "all",
  external: false,
  archived: false,
  guests: null,
  direct: false,
};
const colleague: PersonFacts = {
  name: "ana",
  guest: false,
  stranger: false,
  bot: false,
  active: true,
};
const asked = { direct: false, external: false, channel: home, person: colleague };

describe("a question", () => {
  test.each([
    ["of a colleague at home is answered", {}, null],
    ["of a colleague in a direct message is answered", { direct: true, channel: null }, null],
    ["of a guest is not", { person: { ...colleague, guest: true } }, "guest"],
    ["of a stranger is not", { person: { ...colleague, stranger: true } }, "stranger"],
    ["of somebody who left is not", { person: { ...colleague, active: false } }, "former_member"],
    ["of a bot is not", { person: { ...colleague, bot: true } }, "bot"],
    [
      "in a channel that others read is not",
      { channel: { ...home, external: true } },
      "channel_external",
    ],
    ["is not where the platform says that others read it", { external: true }, "channel_external"],
    ["is not where the channel could not be checked", { channel: null }, "unchecked"],
    ["is not where the person could not be checked", { person: null }, "unchecked"],
    [
      "of a guest in a direct message is not",
      { direct: true, channel: null, person: { ...colleague, guest: true } },
      "guest",
    ],
  ] as const)("%s", (_, facts, refusal) => {
    expect(refuseQuestion({ ...asked, ...facts })).toBe(refusal);
  });

  test("is answered in one only of all cases of person and place", () => {
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
    const channels = [null, home, { ...home, external: true }];
    const answered = people.flatMap((person) =>
      channels.flatMap((channel) =>
        flags.filter(
          (external) => refuseQuestion({ direct: false, external, channel, person }) === null,
        ),
      ),
    );
    expect(answered).toEqual([false]);
  });
});
