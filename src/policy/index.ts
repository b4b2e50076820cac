export { type AccessRules, type Caller, maySee, visibleTo } from "./access-rules.ts";
