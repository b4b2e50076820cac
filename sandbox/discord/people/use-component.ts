import { type JsonObject, objectsOf, textOf } from "../../json.ts";
import type { Interaction } from "../server/interaction.ts";
import type { Message } from "../server/message.ts";
import { channelPayload, memberPayload, messagePayload, userPayload } from "../server/payloads.ts";
import type { Server } from "../server/server.ts";
import { interact } from "./interact.ts";

const BUTTON = 2;
const TEXTS = 3;
const PEOPLE = 5;
const CHANNELS = 8;

export interface Click {
  message: string;
  user: string;
  label: string;
}

/** Clicks a button by its label; throws where there is none. */
export async function click(server: Server, origin: string, on: Click): Promise<void> {
  const button = componentsOf(server.messages.find(on.message)).find(
    ({ type, label }) => type === BUTTON && label === on.label,
  );
  const customId = textOf(button?.custom_id);
  const clicked = press(server, origin, { message: on.message, user: on.user, customId });
  if (!clicked) throw new Error(`nothing to click: ${on.label} on ${on.message}`);
  await clicked;
}

/** Clicks a button by the id that the bot gave it; null where there is none. */
export function press(
  server: Server,
  origin: string,
  on: { message: string; user: string; customId: string },
): Promise<Interaction> | null {
  const message = server.messages.find(on.message);
  const button = componentsOf(message).find(({ custom_id }) => custom_id === on.customId);
  if (!message || button?.type !== BUTTON || button.disabled === true) return null;
  return use(server, origin, { message, user: on.user }, { component: button });
}

export interface Choice {
  message: string;
  user: string;
  /** The `custom_id` of the menu. */
  menu: string;
  /** Values of its options, or ids of people or channels. */
  values: readonly string[];
}

/** Chooses in a menu; null where there is no such menu, or it has no such choices. */
export function choose(
  server: Server,
  origin: string,
  choice: Choice,
): Promise<Interaction> | null {
  const message = server.messages.find(choice.message);
  const menu = componentsOf(message).find(({ custom_id }) => custom_id === choice.menu);
  const resolved = menu ? resolvedOf(server, menu, choice.values) : null;
  if (!message || !menu || !resolved || menu.disabled === true) return null;
  const used = { component: menu, values: choice.values, resolved };
  return use(server, origin, { message, user: choice.user }, used);
}

function use(
  server: Server,
  origin: string,
  { message, user }: { message: Message; user: string },
  {
    component,
    ...chosen
  }: { component: JsonObject; values?: readonly string[]; resolved?: JsonObject },
): Promise<Interaction> {
  const data = {
    component_type: component.type,
    custom_id: textOf(component.custom_id),
    ...chosen,
  } as const;
  const payload: JsonObject = { data, message: messagePayload(server, message, origin) };
  const doing = { kind: "component", channel: message.channel, user, source: message.id } as const;
  return interact(server, doing, payload);
}

function componentsOf(message: Message | undefined): JsonObject[] {
  return message?.components.flatMap((row) => objectsOf(row.components)) ?? [];
}

/** Whom or what the values stand for; null where the menu has no such value, or not so many. */
function resolvedOf(
  server: Server,
  menu: JsonObject,
  values: readonly string[],
): JsonObject | null {
  const { min_values, max_values } = menu;
  if (values.length < Number(min_values ?? 1) || values.length > Number(max_values ?? 1))
    return null;
  const all = <T>(known: (value: string) => T | undefined) =>
    values.every((value) => known(value) !== undefined);
  const named = (make: (value: string) => JsonObject): JsonObject =>
    Object.fromEntries(values.map((value) => [value, make(value)]));
  switch (menu.type) {
    case TEXTS: {
      const options = objectsOf(menu.options).map(({ value }) => textOf(value));
      return all((value) => options.find((one) => one === value)) ? {} : null;
    }
    case PEOPLE:
      if (!all((value) => server.users.get(value))) return null;
      return {
        users: named((value) => userPayload(server, value)),
        members: named((value) => memberWithoutUser(server, value)),
      };
    case CHANNELS:
      return all((value) => server.channels.get(value))
        ? { channels: named((value) => channelOf(server, value)) }
        : null;
    default:
      return null;
  }
}

function memberWithoutUser(server: Server, id: string): JsonObject {
  const { user: _, ...member } = memberPayload(server, id);
  return member;
}

function channelOf(server: Server, id: string): JsonObject {
  const channel = server.channels.get(id);
  return channel ? channelPayload(server, channel) : {};
}
