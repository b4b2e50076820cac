/** Buttons and menus. A value that was cut would ask something else, so its button or choice goes as a whole. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import type { Action, Button, Menu } from "../../message.ts";
import { insideCode } from "./discord-escape.ts";
import { discordLimits } from "./limits.ts";

type Component = APIButtonComponentWithCustomId | APIStringSelectComponent;
export type ActionRow = APIActionRowComponent<Component>;

/** How many of each found no room. */
export interface ActionsLeft {
  buttons: number;
  menus: number;
  choices: number;
}

/** In their order: a menu fills a row, buttons share one. */
export function discordActions(actions: readonly Action[]): {
  rows: ActionRow[];
  left: ActionsLeft;
} {
  const rows: ActionRow[] = [];
  const left: ActionsLeft = { buttons: 0, menus: 0, choices: 0 };
  for (const [index, action] of actions.entries()) {
    const component = action.kind === "button" ? button(action, index) : menu(action, index);
    if (component === null || !isPlaced(component, rows)) {
      left[action.kind === "button" ? "buttons" : "menus"] += 1;
    } else if (action.kind === "menu") {
      left.choices += action.choices.length - usable(action).length;
    }
  }
  return { rows, left };
}

function isPlaced(component: Component, rows: ActionRow[]): boolean {
  const last = rows.at(-1);
  const shares =
    component.type === ComponentType.Button &&
    last?.components[0]?.type === ComponentType.Button &&
    last.components.length < discordLimits.buttonsInRow;
  if (shares) last.components.push(component);
  else if (rows.length === discordLimits.actionRows) return false;
  else rows.push({ type: ComponentType.ActionRow, components: [component] });
  return true;
}

function button(action: Button, index: number): APIButtonComponentWithCustomId | null {
  const custom_id = `${customId(action, index)}:${action.value}`;
  if (custom_id.length > discordLimits.customId) return null;
  return {
    type: ComponentType.Button,
    style: styles[action.style ?? "plain"],
    custom_id,
    label: shown(action.label, discordLimits.buttonLabel),
  };
}

function menu(action: Menu, index: number): APIStringSelectComponent | null {
  const custom_id = customId(action, index);
  const options = usable(action).map(({ label, value }) => ({
    label: shown(label, discordLimits.choiceLabel),
    value,
  }));
  if (options.length === 0 || custom_id.length > discordLimits.customId) return null;
  return {
    type: ComponentType.StringSelect,
    custom_id,
    placeholder: shown(action.label, discordLimits.placeholder),
    options,
  };
}

/** Discord refuses two equal values in one menu. */
function usable({ choices }: Menu): Menu["choices"] {
  const values = choices.map(({ value }) => value);
  return choices
    .filter(({ value }, i) => values.indexOf(value) === i)
    .filter(({ value }) => value !== "" && value.length <= discordLimits.choiceValue)
    .slice(0, discordLimits.choices);
}

/** Discord refuses two equal ids in one message. */
function customId({ id }: Action, index: number): string {
  return `${index}:${id}`;
}

function shown(text: string, most: number): string {
  return insideCode(text).trim().slice(0, most).toWellFormed() || "…";
}

const styles = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
} as const;

interface Pressed {
  action: string;
  value: string;
}

/** What one of our buttons carries; null for another's. */
export function actionOfButton(customId: string): Pressed | null {
  const [, action, value] = /^\d+:([^:]*):(.*)$/s.exec(customId) ?? [];
  return action === undefined || value === undefined ? null : { action, value };
}

/** What was chosen in one of our menus; null for another's. */
export function actionOfMenu(customId: string, values: readonly string[]): Pressed | null {
  const [, action] = /^\d+:([^:]*)$/s.exec(customId) ?? [];
  const [value] = values;
  return action === undefined || value === undefined ? null : { action, value };
}
