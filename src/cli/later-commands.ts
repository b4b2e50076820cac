/** Commands of the contract that are still to come, and what does their work until then. */
export const laterCommands: ReadonlyMap<string, string> = new Map([
  ["init", "Write a kpi.yaml by hand, after demo/kpi.yaml; kpi doctor says what it lacks."],
  ["export", "Until then pg_dump keeps the database; kpi query --json gives single answers."],
  ["restore", "Until then pg_restore brings a database back; then name it in DATABASE_URL."],
]);
