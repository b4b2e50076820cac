/** The steps of a delivery as they are seen from outside: by what is asked of Postgres and of Slack. */

/** What a process asks, and in which order the two sides of it come: asked, or answered. */
export interface Boundary {
  /** Null: what no step asks, such as the clock's tick or pg-boss. */
  step: Step | null;
  /** `asked`: nothing has been done of it yet; `answered`: all of it, and its process does not know. */
  phase: "asked" | "answered";
  /** The statement with its values, or the path and the body. */
  text: string;
}

const statements = {
  claim: /INSERT INTO run \(/,
  "lock the build": /pg_try_advisory_xact_lock/,
  build: /UPDATE run SET told = \$2/,
  lease: /UPDATE delivery d SET state = 'sending'/,
  renew: /UPDATE delivery SET lease_until = now\(\)/,
  record: /SET state = 'sent'/,
  "open the thread": /INSERT INTO thread \(/,
  revise: /UPDATE run SET told = \$3, revision/,
  "lease the edit": /UPDATE delivery d SET fence = d\.fence \+ 1, lease_until/,
  "record the edit": /UPDATE delivery SET shown = \$3/,
} as const;

const requests = {
  "look up": /^\/api\/conversations\.history/,
  "look up in the thread": /^\/api\/conversations\.replies/,
  facts: /^\/api\/conversations\.info/,
  address: /^\/api\/chat\.getPermalink/,
  "post the line": /^\/api\/chat\.postMessage[\s\S]*thread_ts/,
  "post the signal": /^\/api\/chat\.postMessage[\s\S]*text=Signal/,
  post: /^\/api\/chat\.postMessage/,
  "place of the picture": /^\/api\/files\.getUploadURLExternal/,
  "bytes of the picture": /^\/upload\//,
  "end of the upload": /^\/api\/files\.completeUploadExternal/,
  "look at the picture": /^\/api\/files\.info/,
  edit: /^\/api\/chat\.update/,
} as const;

export type Step = keyof typeof statements | keyof typeof requests | "commit";

/** `commit` is of a transaction in which one of the other steps was done. */
export const steps: readonly Step[] = [...keys(statements), "commit", ...keys(requests)];

export function stepOfStatement(text: string): Step | null {
  return keys(statements).find((step) => statements[step].test(text)) ?? null;
}

export function stepOfRequest(text: string): Step | null {
  return keys(requests).find((step) => requests[step].test(text)) ?? null;
}

function keys<Name extends string>(of: Record<Name, unknown>): Name[] {
  return Object.keys(of) as Name[];
}
