import { type JsonObject, textOf } from "../../json.ts";
import { inputOf } from "../rest/check-modal.ts";
import { messagePayload } from "../server/payloads.ts";
import type { Server } from "../server/server.ts";
import { interact } from "./interact.ts";

const ROW = 1;
const MENU = 3;

export interface Filled {
  user: string;
  /** What stands in the inputs, by their `custom_id`; what is not named is left empty. */
  values: Readonly<Record<string, string | readonly string[]>>;
}

/** Sends the modal that the person has before them; throws where Discord would not let them. */
export async function fillModal(server: Server, origin: string, filled: Filled): Promise<void> {
  const modal = server.modals.get(filled.user);
  if (!modal) throw new Error(`${filled.user} has no modal open`);
  const components = modal.parts.map((part) => filledPart(part, filled.values));
  server.modals.delete(filled.user);
  const source = server.messages.find(modal.source ?? "");
  const doing = { kind: "modal", channel: modal.channel, user: filled.user } as const;
  await interact(
    server,
    { ...doing, source: modal.source },
    {
      data: { custom_id: modal.customId, components },
      ...(source ? { message: messagePayload(server, source, origin) } : {}),
    },
  );
}

function filledPart(part: JsonObject, values: Filled["values"]): JsonObject {
  const input = inputOf(part) ?? {};
  const { type, custom_id } = input;
  const value = values[textOf(custom_id)] ?? (type === MENU ? [] : textOf(input.value));
  const missing = value.length === 0 && input.required !== false;
  if (missing) throw new Error(`${textOf(custom_id)} has to be filled`);
  const least = Number(input.min_length ?? 0);
  const most = Number(input.max_length ?? 4_000);
  if (typeof value === "string" && value !== "" && (value.length < least || value.length > most))
    throw new Error(`${textOf(custom_id)} takes ${least} to ${most} characters`);
  const entered = { type, custom_id, ...(type === MENU ? { values: value } : { value }) };
  return part.type === ROW
    ? { type: ROW, components: [entered] }
    : { type: part.type, component: entered };
}
