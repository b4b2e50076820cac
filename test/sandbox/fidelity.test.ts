import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { discordItems } from "../../sandbox/fidelity/discord-items.ts";
import { sandboxPage } from "../../sandbox/fidelity/page.ts";
import { slackItems } from "../../sandbox/fidelity/slack-items.ts";
import { hasShared, readShared } from "../support/shared.ts";

const root = path.resolve(import.meta.dirname, "../..");

test("docs/sandbox.md is what scripts/write-sandbox-docs.ts writes", () => {
  expect(readFileSync(path.join(root, "docs/sandbox.md"), "utf8")).toBe(sandboxPage());
});

const proofs = [...slackItems, ...discordItems].flatMap((item) =>
  item.state === "not yet" ? [] : item.proofs.map((proof) => [proof.file, proof.test] as const),
);

test.each(proofs)("test/%s has a test or a table of them: %s", (file, name) => {
  const place = path.join(root, "test", file);
  expect(existsSync(place)).toBe(true);
  expect(readFileSync(place, "utf8").includes(`"${name}"`)).toBe(true);
});

describe.skipIf(!hasShared("CHAT.md"))("of what CHAT.md asks of a sandbox", () => {
  const section = /## 7\.[\s\S]*?(?=## 8\.)/.exec(readShared("CHAT.md"))?.[0] ?? "";
  test.each([
    ["Slack", slackItems],
    ["Discord", discordItems],
  ] as const)("%s has an item for everything, and for nothing else", (platform, items) => {
    const asked = new RegExp(`\\*\\*${platform}, must\\.\\*\\*(.*)`).exec(section)?.[1] ?? "";
    let rest = asked;
    for (const { says } of items) {
      expect(rest).toContain(says);
      rest = rest.slice(0, rest.indexOf(says)) + rest.slice(rest.indexOf(says) + says.length);
    }
    expect(rest.replaceAll(/[\s.,:;*]/g, "")).toBe("");
  });
});
