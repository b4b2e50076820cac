import type { types } from "@slack/bolt";

/** Slack's own chart, which @slack/types 3.2 does not know. Every series has one point for each category. */
export interface SlackChart {
  type: "data_visualization";
  title: string;
  chart: {
    type: "line";
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; y_label?: string };
  };
}

export type SlackBlock = types.KnownBlock | SlackChart;

/** Small print; nothing for no words. */
export function smallPrint(text: string): types.ContextBlock[] {
  return text === ""
    ? []
    : [{ type: "context", elements: [{ type: "plain_text", text, emoji: false }] }];
}

/** "Left out here: 3 more rows and 1 more column."; empty when nothing is missing. */
export function sayLeftOut(...missing: (readonly [count: number, thing: string])[]): string {
  const parts = missing
    .filter(([count]) => count > 0)
    .map(([count, thing]) => `${count} more ${thing}${count === 1 ? "" : "s"}`);
  return parts.length === 0 ? "" : `Left out here: ${parts.join(" and ")}.`;
}
