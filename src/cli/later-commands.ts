/** Commands of the contract that are still to come, and what does their work until then. */
export const laterCommands: ReadonlyMap<string, string> = new Map([
  ["init", "Write a kpi.yaml by hand, after demo/kpi.yaml; kpi doctor says what it lacks."],
]);
