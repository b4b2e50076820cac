export { answerCommand } from "./answer-command.ts";
export type { CommandContext, Told } from "./command-context.ts";
export { commandNames, dispatch } from "./dispatch.ts";
export { inboxOf, unsettled } from "./inbox.ts";
