export {
  type AccessCell,
  accessMatrix,
  type Place,
  placesOf,
  type Role,
  roles,
} from "./access-matrix.ts";
export {
  type AccessRules,
  type Caller,
  closedChannels,
  maySee,
  type ReportCaller,
  visibleTo,
} from "./access-rules.ts";
export { LEAST_ACCOUNTS } from "./account-groups.ts";
export {
  admit,
  admitReport,
  type PostRefusal,
  type Question,
  type QuestionRefusal,
  refusePlace,
} from "./admit.ts";
export {
  AUDIT_DAYS,
  type AuditEntry,
  auditLastingRefusal,
  auditRefusal,
  auditSince,
  pruneAudit,
  writeAudit,
} from "./audit.ts";
export { minimumCohort } from "./minimum-cohort.ts";
export { callerName, callerPlace, isOperator } from "./operators.ts";
export { type Readers, readersOf } from "./readers.ts";
export {
  forgetStandingAnswer,
  keepStandingAnswer,
  pruneStandingAnswers,
  type StandingAnswer,
  standingAnswers,
} from "./standing-answers.ts";
