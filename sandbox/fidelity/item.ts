/** Where a test is, below test/, and its name as it stands there. */
export interface Proof {
  file: string;
  test: string;
}

/** Something that a faithful sandbox must do, in the words of whoever asked for it. */
export type Item =
  | { says: string; state: "done"; proofs: readonly [Proof, ...Proof[]]; note?: string }
  /** What is there is proven; `note` says what is not. */
  | { says: string; state: "partly"; proofs: readonly [Proof, ...Proof[]]; note: string }
  | { says: string; state: "not yet"; note: string };

type Test = readonly [file: string, test: string];

export function done(says: string, first: Test, ...more: Test[]): Item {
  return { says, state: "done", proofs: [proof(first), ...more.map(proof)] };
}

function proof([file, test]: Test): Proof {
  return { file, test };
}
