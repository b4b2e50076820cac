import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function yaml(text: string): void {
  writeFileSync(path.join(folder, "kpi.yaml"), text);
}

describe("the configuration", () => {
  test("without a file and without variables all defaults hold", () => {
    const config = loadConfig({}, folder);
    expect(config).toMatchObject({
      ok: true,
      value: {
        databaseUrl: null,
        slack: null,
        company: { time_zone: "UTC", scorecard: { day: "monday", at: "09:00" } },
      },
    });
  });

  test("all faults are told at once, by name and never by value", () => {
    yaml("time_zone: Mars/Olympus\nscorecard: {at: 9}\nchanels: {}\n");
    const config = loadConfig(
      { SLACK_BOT_TOKEN: "secret-token-value", PORT: "eighty", KPI_NOW: "soon" },
      folder,
    );
    if (config.ok) throw new Error("accepted");
    const told = config.fault.map(({ where }) => where);
    expect(told).toEqual(
      expect.arrayContaining([
        "SLACK_BOT_TOKEN",
        "PORT",
        "KPI_NOW",
        "kpi.yaml:1 time_zone",
        "kpi.yaml:2 scorecard.at",
      ]),
    );
    expect(JSON.stringify(config.fault)).toContain("chanels");
    expect(JSON.stringify(config.fault)).not.toMatch(/secret-token-value|eighty|soon/);
  });

  test("an app token means Socket Mode, and then no signing secret is needed", () => {
    const tokens = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };
    const config = loadConfig(tokens, folder);
    expect(config).toMatchObject({ ok: true, value: { slack: { appToken: "xapp-1" } } });
    const both = loadConfig({ ...tokens, SLACK_SIGNING_SECRET: "s" }, folder);
    expect(both).toMatchObject({ ok: true, value: { slack: { appToken: "xapp-1" } } });
  });

  test.each([
    ["an app token without its bot token", { SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN"],
    [
      "a bot token in the place of the app token",
      { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xoxb-2" },
      "SLACK_APP_TOKEN",
    ],
  ])("%s is told", (_, variables, where) => {
    const config = loadConfig(variables, folder);
    expect(config).toMatchObject({ ok: false, fault: [{ where }] });
    expect(JSON.stringify(config)).not.toMatch(/xapp-1|xoxb-1/);
  });

  test("a token without a way for Slack's requests is told", () => {
    expect(loadConfig({ SLACK_BOT_TOKEN: "xoxb-1" }, folder)).toMatchObject({
      ok: false,
      fault: [{ where: "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET" }],
    });
  });

  test("a secret may stand in a file", () => {
    writeFileSync(path.join(folder, "token"), "xoxb-from-file\n");
    const config = loadConfig(
      { SLACK_BOT_TOKEN_FILE: path.join(folder, "token"), SLACK_SIGNING_SECRET: "s" },
      folder,
    );
    expect(config).toMatchObject({ ok: true, value: { slack: { botToken: "xoxb-from-file" } } });
  });

  test("the clock may be set only while every platform is a loopback address", () => {
    const slack = {
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_SIGNING_SECRET: "s",
      KPI_NOW: "2026-11-16T09:00:00Z",
    };
    expect(loadConfig(slack, folder)).toMatchObject({ ok: false, fault: [{ where: "KPI_NOW" }] });
    expect(
      loadConfig({ ...slack, SLACK_API_URL: "https://slack.example.com/api/" }, folder).ok,
    ).toBe(false);
    expect(loadConfig({ ...slack, SLACK_API_URL: "http://127.0.0.1:4000/api/" }, folder).ok).toBe(
      true,
    );
  });
});
