import type { WebClient } from "@slack/web-api";
import { aPng } from "./a-workspace.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const raw = (text: string) => ({ type: "raw_text", text });

/** Posts one message of every block that the bot uses, as the bot does: the picture first. */
export async function answerWithEverything(client: WebClient, channel: string): Promise<void> {
  const file = await upload(client, aPng(640, 240));
  await client.apiCall("chat.postMessage", {
    channel,
    text: "Adoption Rate, pro: 41.2%, down 1.9 points",
    blocks: blocksWith(file),
  });
}

async function upload(client: WebClient, png: Buffer): Promise<string> {
  const asked = await client.apiCall("files.getUploadURLExternal", {
    filename: "trend.png",
    length: png.length,
    alt_txt: "Adoption over 26 weeks",
  });
  const { upload_url, file_id } = asked as unknown as { upload_url: string; file_id: string };
  await fetch(upload_url, { method: "POST", body: new Uint8Array(png) });
  await client.files.completeUploadExternal({ files: [{ id: file_id }] });
  let mimetype = "";
  while (mimetype === "")
    mimetype = (await client.files.info({ file: file_id })).file?.mimetype ?? "";
  return file_id;
}

function blocksWith(file: string): object[] {
  return [
    { type: "header", text: plain("Adoption Rate, pro") },
    {
      type: "section",
      text: mrkdwn(
        "*41.2%*, down 1.9 points. _Routine_: see <https://example.com|the definition>, `kpi define`.",
      ),
    },
    {
      type: "section",
      fields: [
        "*Accounts*\n103 of 250",
        "*Owner*\n<@U0ANA>",
        "*Week*\n2026-W46",
        "*Status*\nfinal",
      ].map(mrkdwn),
    },
    { type: "divider" },
    { type: "image", slack_file: { id: file }, alt_text: "Adoption over 26 weeks" },
    table(),
    dataTable(),
    chart(),
    { type: "context", elements: [mrkdwn("Data as of 16 Nov 2026 00:00 UTC · tier pro")] },
    {
      type: "actions",
      elements: [
        {
          type: "button",
          action_id: "why",
          style: "primary",
          text: plain("What moved it"),
          value: "why",
        },
        { type: "button", action_id: "define", text: plain("Definition"), value: "define" },
      ],
    },
  ];
}

function table(): object {
  return {
    type: "table",
    rows: [
      ["Metric", "Value", "Change", "Verdict"].map(raw),
      ...["Adoption", "Retention", "Revenue"].map((name) =>
        [name, "41.2%", "−1.9", "routine"].map(raw),
      ),
    ],
    column_settings: [{ align: "left" }, { align: "right" }, { align: "right" }],
  };
}

function dataTable(): object {
  const rows = Array.from({ length: 8 }, (_, index) => [
    raw(`source ${index}`),
    { type: "raw_number", value: index * 100, text: String(index * 100) },
  ]);
  return {
    type: "data_table",
    caption: "Adoption by source",
    rows: [[raw("Source"), raw("Accounts")], ...rows],
  };
}

function chart(): object {
  const categories = Array.from({ length: 20 }, (_, index) => `W${27 + index}`);
  const series = ["pro", "all"].map((name, nth) => ({
    name,
    data: categories.map((label, index) => ({ label, value: 40 + nth * 3 + Math.sin(index) * 2 })),
  }));
  const axis_config = { categories, y_label: "% of accounts" };
  return {
    type: "data_visualization",
    title: "Adoption, last 20 weeks",
    chart: { type: "line", series, axis_config },
  };
}
