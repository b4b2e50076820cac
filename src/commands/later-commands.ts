/** Named in the contract and not there yet: told apart from typos, with what they will do. */
export const laterCommands: ReadonlyMap<string, string> = new Map([
  ["why", "what moved a metric: mix and rate, drivers, evidence"],
  ["compare", "two selections of a metric side by side"],
  ["risk", "the accounts at risk"],
  ["note", "an event or explanation shown on a metric's charts"],
  ["open", "movements that wait for an explanation"],
  ["subscribe", "an answer posted on schedule"],
  ["alert", "a message when a metric moves"],
]);
