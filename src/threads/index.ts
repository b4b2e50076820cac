export { catchUp, catchUpThread } from "./catch-up.ts";
export { discussionOf, keepReply, openThread, type Remark } from "./discussion.ts";
export { keepSignals, type Signal, signalsGoingInto, signalsOpenedIn } from "./keep-signals.ts";
