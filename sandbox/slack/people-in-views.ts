import type { BotConnection } from "./deliver/bot-connection.ts";
import type { EnteredValues, Submitted, ViewClick } from "./deliver/view-interaction.ts";
import type { View } from "./workspace/view-store.ts";

/** What a person does in the modal that they see. */
export interface Modals {
  /** A person's open modals, the one they see last. */
  open(user: string): readonly View[];
  /** Presses the modal's button; what the person sees then. */
  submit(user: string, entered?: EnteredValues): Promise<Submitted>;
  /** Closes the modal, or all of them at once. */
  close(user: string, all?: boolean): Promise<void>;
  /** Throws when there is nothing of that name to click, or no answer. */
  click(user: string, click: ViewClick): Promise<void>;
}

export function modalsOf(bot: BotConnection): Modals {
  const { views } = bot.workspace;
  const seen = (user: string): View => {
    const view = views.stack(user).at(-1);
    if (!view) throw new Error(`${user} has no modal open`);
    return view;
  };
  return {
    open: (user) => views.stack(user),
    submit: async (user, entered = {}) => bot.submit(seen(user), entered),
    close: async (user, all = false) => bot.closeView(seen(user), all),
    async click(user, click) {
      if (!(await bot.clickInView(seen(user), click)))
        throw new Error(`nothing to click, or no answer: ${click.actionId}`);
    },
  };
}
