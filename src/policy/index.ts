export {
  type AccessRules,
  type Caller,
  closedChannels,
  maySee,
  visibleTo,
} from "./access-rules.ts";
export { refusePost } from "./refuse-post.ts";
