/** What stands in the channel while the picture is on its way, when it never comes, and when Slack refuses blocks. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../../../sandbox/slack/index.ts";
import { responseAddress } from "../../../src/bot/slack/response-address.ts";
import { slackCaller, slackClient } from "../../../src/bot/slack/slack-call.ts";
import { slackPort } from "../../../src/bot/slack/slack-port.ts";
import { slackReply } from "../../../src/bot/slack/slack-reply.ts";
import { type Log, silentLog } from "../../../src/log.ts";
import type { ChatPort, Message } from "../../../src/message.ts";
import { type FaultProxy, startFaultProxy } from "../../contract/fault-proxy.ts";
import { slackStrings } from "./active-in-slack.ts";

const place = { platform: "slack", channel: "C0GTM" };
const self = { botId: "B0BOT", userId: "U0BOT", teamId: "T0", enterpriseId: null };
let sandbox: SlackSandbox;
let proxy: FaultProxy;
let port: ChatPort;
let warnings: string[] = [];
const log: Log = { ...silentLog, warn: (event) => void warnings.push(event) };

beforeAll(async () => {
  sandbox = await startSlackSandbox({
    signingSecret: "s",
    botToken: "xoxb-send",
    channels: [{ id: place.channel, name: "gtm" }],
    users: [{ id: "U0ANA", name: "ana" }],
    now: () => new Date(),
  });
  proxy = await startFaultProxy(new URL(sandbox.apiUrl).origin);
  const client = slackClient("xoxb-send", `${proxy.origin}/api/`, 10_000, log);
  port = slackPort(slackCaller(client), self, log);
});
beforeEach(() => {
  warnings = [];
  proxy.heal();
});
afterAll(async () => {
  await proxy.stop();
  await sandbox.stop();
});

const answer: Message = {
  summary: "Adoption Rate: 41.2% in 2026-W46.",
  blocks: [
    { kind: "heading", text: "Adoption Rate" },
    { kind: "text", text: "41.2%" },
    {
      kind: "table",
      caption: "By source",
      columns: [{ label: "source", align: "left" }],
      rows: [["campaign"]],
    },
    {
      kind: "chart",
      title: "Adoption Rate",
      unit: "percent",
      labels: ["W45", "W46"],
      series: [{ name: "value", values: [43.1, 41.2] }],
    },
    { kind: "image" },
    { kind: "context", text: "definition adoption_rate 1-9f3c" },
  ],
  image: {
    png: Uint8Array.from(
      Buffer.from(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "base64",
      ),
    ),
    alt: "Adoption falls",
    width: 1,
    height: 1,
    filename: "adoption.png",
  },
};

async function posted(message = answer) {
  const done = await port.post(place, message, `send-${Math.random()}`.slice(0, 25));
  if (!done.ok) throw new Error(JSON.stringify(done.fault));
  const shown = sandbox.messages(place.channel).find(({ ts }) => ts === done.value.ref.id);
  if (shown === undefined) throw new Error("nothing was posted");
  return { ...done.value, shown, types: shown.blocks.map(({ type }) => type) };
}

const refusal = {
  kind: "answer",
  status: 200,
  body: '{"ok":false,"error":"invalid_blocks"}',
} as const;
const refuse = (method: string, times: number) =>
  proxy.fail(({ path }) => path === `/api/${method}`, refusal, times);

describe("an answer in Slack", () => {
  test("has Slack's own chart until its picture has come, and then the picture", async () => {
    const { image: _, ...words } = answer;
    expect((await posted(words)).types).toEqual([
      "header",
      "rich_text",
      "rich_text",
      "table",
      "data_visualization",
      "context",
    ]);
    const pictured = await posted();
    expect(pictured.pictured).toBe(true);
    expect(pictured.types).toEqual([
      "header",
      "rich_text",
      "rich_text",
      "table",
      "image",
      "context",
    ]);
  });

  test.each([
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "files.info",
    "chat.update",
  ])("keeps Slack's chart where the picture is lost at %s", async (stage) => {
    proxy.fail(
      ({ path }) => path === `/api/${stage}`,
      { kind: "answer", status: 500, body: "no" },
      9,
    );
    const { pictured, types } = await posted();
    expect(pictured).toBe(false);
    expect(types).toContain("data_visualization");
    expect(warnings).toEqual(["slack_picture_lost"]);
  });

  test("is said with tables as text where Slack refuses its own, and still gets its picture", async () => {
    refuse("chat.postMessage", 1);
    const { pictured, types, shown } = await posted();
    expect(types).toEqual(["header", "rich_text", "rich_text", "rich_text", "image", "context"]);
    expect(pictured).toBe(true);
    expect(slackStrings(shown.blocks).join("\n")).toContain("source\ncampaign");
    expect(warnings).toEqual(["slack_blocks_refused"]);
  });

  test("is said in words alone where Slack refuses every block", async () => {
    refuse("chat.postMessage", 2);
    const { pictured, types, shown } = await posted();
    expect({ pictured, types, text: shown.text }).toEqual({
      pictured: false,
      types: [],
      text: "Adoption Rate: 41.2% in 2026-W46.",
    });
    expect(warnings).toEqual(["slack_blocks_refused", "slack_blocks_refused"]);
  });

  test("keeps its picture however long the picture's own words are", async () => {
    const { image } = answer;
    if (image === undefined) throw new Error("no picture");
    const alt = "@everyone and many a value, ".repeat(200);
    const { pictured } = await posted({ ...answer, image: { ...image, alt } });
    expect(pictured).toBe(true);
  });

  test("that Slack refuses for another reason is not said again", async () => {
    const before = sandbox.messages(place.channel).length;
    proxy.fail(({ path }) => path === "/api/chat.postMessage", {
      ...refusal,
      body: '{"ok":false,"error":"is_archived"}',
    });
    const done = await port.post(place, answer, "refused");
    expect(done).toEqual({ ok: false, fault: { kind: "refused", code: "is_archived" } });
    expect(sandbox.messages(place.channel)).toHaveLength(before);
  });

  test("was nothing that Slack itself would refuse", () => {
    expect(sandbox.problems()).toEqual([]);
  });
});

describe("a response address", () => {
  /** Answers each use in turn, the last of them for ever. */
  async function anAddress(...answers: [status: number, body: string][]) {
    const uses: string[] = [];
    const server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      uses.push(Buffer.concat(chunks).toString("utf8"));
      const [status, body] = answers[Math.min(uses.length, answers.length) - 1] ?? [200, "ok"];
      outgoing.writeHead(status).end(body);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    stops.push(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/respond`;
    return { uses, address: responseAddress(url, "its own answers") };
  }
  const stops: (() => void)[] = [];
  afterAll(() => stops.forEach((stop) => void stop()));

  test.each([
    ["a word as JSON", 400, '{"ok":false,"error":"invalid_blocks"}', "invalid_blocks"],
    ["a word alone", 404, "used_url", "used_url"],
    ["a page", 404, "<html>not here</html>", "http_404"],
    ["nothing", 403, "", "http_403"],
    ["what is no refusal", 400, '{"ok":true}', "http_400"],
  ])("that refuses with %s is told so", async (_, status, body, code) => {
    const { address } = await anAddress([status, body]);
    const said = await address.say({ text: "x", blocks: [] }, "asker", undefined);
    expect(said).toEqual({ ok: false, fault: { kind: "refused", code } });
  });

  test("keeps its last use for the words, however often Slack refuses the picture", async () => {
    const { uses, address } = await anAddress(
      [200, "ok"],
      [400, "invalid_blocks"],
      [400, "invalid_blocks"],
      [400, "invalid_blocks"],
      [200, "ok"],
      [404, "used_url"],
    );
    const client = slackClient("xoxb-send", `${proxy.origin}/api/`, 10_000, log);
    const asker = { platform: "slack", user: "U0ANA" };
    const to = { asker, direct: false, place, address };
    const reply = slackReply({ call: slackCaller(client), log }, to);
    const { image: _, ...words } = answer;
    await reply.say(words, "asker");
    expect(await reply.say(answer, "asker")).toMatchObject({ value: { pictured: false } });
    expect(await reply.say({ ...words, summary: "the words" }, "asker")).toMatchObject({
      ok: true,
    });
    expect(uses).toHaveLength(5);
    expect(uses[4]).toContain("the words");
  }, 30_000);
});

test("nothing that is posted draws in a preview of a link", async () => {
  const bodies: URLSearchParams[] = [];
  const said: unknown[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    if (incoming.url === "/respond") said.push(JSON.parse(body));
    else bodies.push(new URLSearchParams(body));
    outgoing.writeHead(200, { "content-type": "application/json" });
    outgoing.end('{"ok":true,"ts":"1.000001","channel":"C0GTM"}');
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = slackCaller(slackClient("xoxb-send", `${origin}/api/`, 10_000, silentLog));
  const message = { summary: "see https://example.com", blocks: [] };
  await slackPort(call, self, silentLog).post(place, message, "unfurl");
  const address = responseAddress(`${origin}/respond`, "its own answers");
  await address.say({ text: "x", blocks: [] }, "everyone", undefined);
  server.close();
  server.closeAllConnections();
  expect(bodies.map((body) => [body.get("unfurl_links"), body.get("unfurl_media")])).toEqual([
    ["false", "false"],
  ]);
  expect(said).toMatchObject([{ unfurl_links: false, unfurl_media: false }]);
});
