export { discussionOf, keepReply, openThread, type Remark, trackedThreads } from "./discussion.ts";
export { findSignal, keepSignals, type Signal, signalsOpenedIn } from "./keep-signals.ts";
