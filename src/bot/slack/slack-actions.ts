/** Buttons and menus. A value that was cut would ask something else, so its button or choice goes as a whole. */
import type { types } from "@slack/bolt";
import type { Action, Button, Menu } from "../../message.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { slackLimits } from "./limits.ts";
import { type SlackBlock, sayLeftOut, smallPrint } from "./slack-block.ts";

export function slackActions(actions: readonly Action[]): SlackBlock[] {
  const usable = actions.filter(isUsable).slice(0, slackLimits.actions);
  const elements = usable.map((action, index) =>
    action.kind === "button" ? slackButton(action, index) : slackMenu(action, index),
  );
  const lost = actions.filter((action) => !usable.includes(action));
  const note = sayLeftOut(
    [lost.filter(({ kind }) => kind === "button").length, "button"],
    [lost.filter(({ kind }) => kind === "menu").length, "menu"],
    [usable.reduce((sum, action) => sum + choicesLost(action), 0), "choice"],
  );
  return [
    ...(elements.length === 0 ? [] : [{ type: "actions", elements } as const]),
    ...smallPrint(note),
  ];
}

function isUsable(action: Action): boolean {
  return action.kind === "button"
    ? action.value.length <= slackLimits.buttonValue
    : shownChoices(action).length > 0;
}

function slackButton(action: Button, index: number): types.Button {
  return {
    type: "button",
    action_id: actionId(action, index),
    text: plain(action.label, slackLimits.buttonText),
    ...(action.value === "" ? {} : { value: action.value }),
    ...(action.style === undefined ? {} : { style: action.style }),
  };
}

function slackMenu(menu: Menu, index: number): types.StaticSelect {
  return {
    type: "static_select",
    action_id: actionId(menu, index),
    placeholder: plain(menu.label, slackLimits.placeholder),
    options: shownChoices(menu).map(({ label, value }) => ({
      text: plain(label, slackLimits.choiceText),
      value,
    })),
  };
}

function shownChoices({ choices }: Menu): Menu["choices"] {
  return choices
    .filter(({ value }) => value !== "" && value.length <= slackLimits.choiceValue)
    .slice(0, slackLimits.choices);
}

function choicesLost(action: Action): number {
  return action.kind === "menu" ? action.choices.length - shownChoices(action).length : 0;
}

/** Slack refuses two equal ids in one block. */
function actionId({ id }: Action, index: number): string {
  return `${index}:${cutText(id, slackLimits.actionId - 4)}`;
}

function plain(text: string, most: number): types.PlainTextElement {
  return { type: "plain_text", text: cutText(literalText(text), most) || "…", emoji: false };
}
