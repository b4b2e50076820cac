import { describe, expect, test } from "vitest";
import {
  type AccessRules,
  type Caller,
  isOperator,
  maySee,
  type Readers,
} from "../../src/policy/index.ts";
import { someRules } from "../support/some-rules.ts";

const lead = { platform: "slack", channel: "C0LEAD" };
const all = { platform: "slack", channel: "C0ALL" };
const cfo = { platform: "slack", user: "U0CFO" };
const ana = { platform: "slack", user: "U0ANA" };
const open = someRules(["slack:C0LEAD"]);
const named: AccessRules = { ...open, sensitiveViewers: new Set(["slack:U0CFO"]) };
const person = (who: typeof ana, channel: typeof all, direct = false): Caller => ({
  kind: "person",
  person: who,
  channel,
  direct,
  readers: "colleagues",
});
const report = (channel: typeof all, readers: Readers = "colleagues"): Caller => ({
  kind: "report",
  channel,
  readers,
});
/** Allows guests beside what is sensitive. */
const guestsToo: AccessRules = { ...open, guestChannels: new Set(["slack:C0LEAD"]) };

describe("a sensitive metric", () => {
  test.each<[string, AccessRules, Caller, boolean]>([
    ["is told in a channel that allows it", open, person(ana, lead), true],
    ["is not told in another", open, person(ana, all), false],
    [
      "is not told in a channel of the same id on another platform",
      open,
      person(ana, { platform: "discord", channel: "C0LEAD" }),
      false,
    ],
    ["is not told in a direct message where nobody is named", open, person(cfo, all, true), false],
    ["is told to a named person in a direct message", named, person(cfo, all, true), true],
    [
      "needs both the channel and the person where people are named",
      named,
      person(ana, lead),
      false,
    ],
    ["is told to a named person in an allowed channel", named, person(cfo, lead), true],
    [
      "is not told to a named person in a channel that does not allow it",
      named,
      person(cfo, all),
      false,
    ],
    ["is posted by the channel's setting alone", named, report(lead), true],
    ["is not posted elsewhere", named, report(all), false],
    ["is not posted where guests read", open, report(lead, "guests"), false],
    ["is not posted where guests may read", open, report(lead, "unknown"), false],
    ["is posted where kpi.yaml allows both", guestsToo, report(lead, "guests"), true],
    ["is posted nowhere where others read", guestsToo, report(lead, "others"), false],
    ["is told on the terminal", named, { kind: "terminal" }, true],
  ])("%s", (_, rules, caller, allowed) => {
    expect(maySee(rules, caller, { sensitive: true })).toBe(allowed);
    expect(maySee(rules, caller, { sensitive: false })).toBe(true);
  });
});

describe("an operator", () => {
  const rules = someRules([], { operators: new Set(["slack:U0CFO"]) });

  test.each<[string, Caller, boolean]>([
    ["is whoever kpi.yaml names, in a channel", person(cfo, all), true],
    ["is so in a direct message too", person(cfo, all, true), true],
    [
      "is nobody of the same id on another platform",
      person({ ...cfo, platform: "discord" }, all),
      false,
    ],
    ["is nobody else", person(ana, all), false],
    ["is the terminal", { kind: "terminal" }, true],
    ["is no report", report(all), false],
  ])("%s", (_, caller, expected) => {
    expect(isOperator(rules, caller)).toBe(expected);
  });
});
