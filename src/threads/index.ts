export { catchUpThread } from "./catch-up.ts";
export { type CatchingUp, catchingUp } from "./catch-up-aside.ts";
export { discussionOf, keepReply, openThread, type Remark } from "./discussion.ts";
export { keepSignals, type Signal, signalsGoingInto, signalsOpenedIn } from "./keep-signals.ts";
