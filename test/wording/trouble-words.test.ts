import { describe, expect, test } from "vitest";
import { z } from "zod";
import { mendableCodes } from "../../src/reports/mendable.ts";
import { hasTroubleWords, tellNotice, troubleWords } from "../../src/wording/index.ts";
import { hasShared, readShared } from "../support/shared.ts";

/** What the program itself ends or holds up a post by, beside the platforms' words. */
const ours = [
  "ambiguous",
  "broken",
  "channel_archived",
  "channel_external",
  "database_away",
  "given_up",
  "late_build",
  "limited",
  "not_begun",
  "not_built",
  "not_ticking",
  "platform_off",
  "stuck",
  "timeout",
  "unexpected_answer",
  "unreadable_answer",
  "unreadable_run",
];
const ofNetworks = ["ECONNREFUSED", "ECONNRESET", "UND_ERR_HEADERS_TIMEOUT", "CERT_HAS_EXPIRED"];
const ofStatuses = ["http_404", "http_500", "http_502", "http_503", "internal_error"];

describe("every trouble has words", () => {
  test.each([...mendableCodes, ...ours, ...ofNetworks, ...ofStatuses])("%s", (code) => {
    expect(hasTroubleWords(code)).toBe(true);
    const { why, next } = troubleWords(code);
    expect(why).toMatch(/^[a-zA-Z][^.]+$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
  });

  test("and a word that nobody here knows is told as it is", () => {
    expect(hasTroubleWords("unheard_of")).toBe(false);
    expect(troubleWords("unheard_of").why).toBe("it was refused (unheard_of)");
  });

  test.skipIf(!hasShared("specs/slack-methods"))(
    "and each of Slack's that a person can mend is one of Slack's own",
    () => {
      const errors = z.object({ errors: z.record(z.string(), z.unknown()).default({}) });
      const known = ["chat.postMessage", "conversations.info", "conversations.open"].flatMap(
        (method) =>
          Object.keys(
            errors.parse(JSON.parse(readShared(`specs/slack-methods/${method}.json`))).errors,
          ),
      );
      // Of every method, so that the reference of single ones leaves most of them out.
      const common = [
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "no_permission",
        "not_authed",
        "token_expired",
        "token_revoked",
      ];
      const notOurs = mendableCodes.filter(
        (code) => !/^(\d+|http_\d+|channel_(archived|external|guests))$/.test(code),
      );
      expect(notOurs.filter((code) => ![...known, ...common].includes(code))).toEqual([]);
    },
  );
});

test("a notice says what, since when and what next, and of a lost post how to send it", () => {
  const voice = { locale: "en-GB", currency: "USD" };
  const since = "2026-11-16T09:00:00Z";
  const subject = {
    kind: "delivery",
    id: "07cf4a1b2c3d4e5f60718293",
    report: "team/GTM",
    period: "2026-11-09",
    channel: "slack:C0GTM",
  } as const;
  const { summary } = tellNotice(
    [{ subject, code: "ambiguous", since, over: null }],
    "Europe/London",
    voice,
  );
  expect(summary).toBe(
    "Something needs you. Nobody knows whether the post of team GTM of 2026-W46 stands in slack:C0GTM: the platform's answer was lost, and the channel cannot be read back. Since Mon 16 Nov 2026, 09:00 Europe/London. Look into the channel. To post it after all: /kpi runs resend 07cf4a. To let it be: /kpi runs skip 07cf4a.",
  );
});

test("what has not come, and a channel with guests, are told with both ways out", () => {
  const about = { since: "2026-11-16T09:00:00Z", over: null };
  const { summary } = tellNotice(
    [
      { ...about, subject: { kind: "missing", report: "breakdowns" }, code: "not_begun" },
      { ...about, subject: { kind: "channel", channel: "slack:C0ALL" }, code: "channel_guests" },
    ],
    "UTC",
    { locale: "en-GB", currency: "USD" },
  );
  expect(summary).toContain("The teams' posts have not come:");
  expect(summary).toContain("or allow it there for this one: guests: true.");
});

test("a long list of troubles says how many it leaves out", () => {
  const troubles = Array.from({ length: 15 }, (_, i) => ({
    subject: { kind: "channel", channel: `slack:C0${i}` } as const,
    code: "is_archived",
    since: "2026-11-16T09:00:00Z",
    over: null,
  }));
  const { summary } = tellNotice(troubles, "UTC", { locale: "en-GB", currency: "USD" });
  expect(summary).toContain("And 3 more: kpi runs lists them.");
});
