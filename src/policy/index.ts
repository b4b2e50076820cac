export {
  type AccessRules,
  type Caller,
  closedChannels,
  maySee,
  visibleTo,
} from "./access-rules.ts";
export { LEAST_ACCOUNTS } from "./account-groups.ts";
export {
  AUDIT_DAYS,
  type AuditEntry,
  auditRefusal,
  auditSince,
  pruneAudit,
  writeAudit,
} from "./audit.ts";
export { minimumCohort } from "./minimum-cohort.ts";
export { callerName, isOperator } from "./operators.ts";
export { refusePost } from "./refuse-post.ts";
export { type QuestionFacts, type QuestionRefusal, refuseQuestion } from "./refuse-question.ts";
