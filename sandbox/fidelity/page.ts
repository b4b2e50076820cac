import { z } from "zod";
import { ROUTE_PLACES, routeFault } from "../discord/faults/fault.ts";
import {
  CALL_PLACES,
  callFault,
  DELIVERY_PLACES,
  deliveryFault,
  FILE_PLACES,
  fileFault,
} from "../slack/faults/fault.ts";
import { METHODS } from "../slack/methods/all-methods.ts";
import { discordItems } from "./discord-items.ts";
import type { Item } from "./item.ts";
import { slackItems } from "./slack-items.ts";
import {
  DIFFERENT_FROM_DISCORD,
  DIFFERENT_FROM_SLACK,
  DISCORD_FAULTS,
  HOW_TO_START,
  HOW_TO_USE_FAULTS,
} from "./words.ts";

/** docs/sandbox.md, whole. */
export function sandboxPage(): string {
  return [
    "# The sandboxes",
    "<!-- Written by scripts/write-sandbox-docs.ts: change sandbox/fidelity/ and run it. -->",
    HOW_TO_START,
    "## Breaking things",
    HOW_TO_USE_FAULTS,
    faultTable("A call", CALL_PLACES, callFault),
    faultTable("A delivery", DELIVERY_PLACES, deliveryFault),
    faultTable("A file", FILE_PLACES, fileFault),
    "## Slack, how faithful",
    counted(slackItems),
    itemTable(slackItems),
    DIFFERENT_FROM_SLACK,
    "### Methods",
    "Any other argument is noted as a problem, and any other method is `unknown_method`.",
    methodTable(),
    "## Discord, how faithful",
    counted(discordItems),
    itemTable(discordItems),
    DIFFERENT_FROM_DISCORD,
    DISCORD_FAULTS,
    faultTable("A call", ROUTE_PLACES, routeFault),
    "",
  ].join("\n\n");
}

function counted(items: readonly Item[]): string {
  const of = (state: Item["state"]) => items.filter((item) => item.state === state).length;
  return `${of("done")} of ${items.length} done, ${of("partly")} in part, ${of("not yet")} not yet. A test is named by its file below \`test/\`.`;
}

function itemTable(items: readonly Item[]): string {
  const rows = items.map((item) => {
    const proofs =
      item.state === "not yet"
        ? []
        : item.proofs.map(({ file, test }) => `\`${file}\`: ${cell(test)}`);
    const words = [...proofs, ...(item.note ? [`_${item.note}_`] : [])].join("<br>");
    return `| ${cell(item.says)} | ${item.state} | ${words} |`;
  });
  return ["| what | | shown by |", "|---|---|---|", ...rows].join("\n");
}

function methodTable(): string {
  const rows = Object.entries(METHODS).map(([name, method]) => {
    const taken = Object.entries(method.arguments).map(([argument, rule]) =>
      rule.required ? `**${argument}**` : argument,
    );
    return `| \`${name}\` | ${taken.join(", ")} | ${method.scopes.join(", ")} |`;
  });
  const head = ["| method | arguments, the required in bold | needs one of |", "|---|---|---|"];
  return [...head, ...rows].join("\n");
}

function faultTable(title: string, places: readonly string[], union: z.ZodType): string {
  const rows = kindsOf(union).map(
    ({ kind, fields, says }) => `| \`${kind}\` | ${fields} | ${says} |`,
  );
  const at = places.map((place) => `\`${place}\``).join(", ");
  return [`**${title}**, at ${at}:`, "", "| fault | with | |", "|---|---|---|", ...rows].join("\n");
}

const schemaOfFaults = z.object({
  oneOf: z.array(
    z.object({
      description: z.string(),
      required: z.array(z.string()),
      properties: z.record(
        z.string(),
        z.looseObject({ const: z.string().optional(), description: z.string().optional() }),
      ),
    }),
  ),
});

/** The faults of a union, as its JSON schema tells them. */
function kindsOf(union: z.ZodType): { kind: string; fields: string; says: string }[] {
  return schemaOfFaults.parse(z.toJSONSchema(union)).oneOf.map((fault) => {
    const { kind, ...fields } = fault.properties;
    const said = Object.entries(fields).map(([name, { description }]) => {
      const isOptional = !fault.required.includes(name);
      return `\`${name}${isOptional ? "?" : ""}\`${description ? ` (${description})` : ""}`;
    });
    return { kind: kind?.const ?? "", fields: said.join(", "), says: fault.description };
  });
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
