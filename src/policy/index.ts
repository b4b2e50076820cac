export {
  type AccessRules,
  type Caller,
  closedChannels,
  maySee,
  visibleTo,
} from "./access-rules.ts";
export { refusePost } from "./refuse-post.ts";
export { type QuestionFacts, type QuestionRefusal, refuseQuestion } from "./refuse-question.ts";
