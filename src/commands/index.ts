export { answerCommand } from "./answer-command.ts";
export type { CommandContext, Told } from "./command-context.ts";
export { commandNames, dispatch } from "./dispatch.ts";
export { inboxOf, unsettled } from "./inbox.ts";
export { lineOf } from "./line-of.ts";
export { writeValue } from "./write-value.ts";
