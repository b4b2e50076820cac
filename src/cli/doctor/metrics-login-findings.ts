import { assertNever } from "../../result.ts";
import { check, type Finding, fine, missing, wrong } from "./finding.ts";
import type { MetricsLoginLook } from "./look-at-metrics-login.ts";

const ABOUT = "METRICS_DATABASE_URL";
const HOW = "docs/running.md, A login for your own SQL, has the statements.";

export function metricsLoginFindings(look: MetricsLoginLook): Finding[] {
  switch (look.kind) {
    case "not_needed":
      return [];
    case "none":
      return [
        missing(
          ABOUT,
          `it is not set, and ${look.definitions} of your definitions run under no other login`,
          `Make a login that may only read, and name it. ${HOW}`,
        ),
      ];
    case "shut_out":
      return [wrong(ABOUT, `the login cannot be used (${look.code})`, shutOutAdvice(look.code))];
    case "in":
      return loginFindings(look);
    default:
      return assertNever(look);
  }
}

function loginFindings({
  faults,
  unreadable,
}: Extract<MetricsLoginLook, { kind: "in" }>): Finding[] {
  const said = (isGrave: boolean): string =>
    faults
      .filter((fault) => fault.isGrave === isGrave)
      .map((fault) => fault.said)
      .join("; ");
  const findings = [
    ...(said(true) === "" ? [] : [wrong(ABOUT, said(true), `Take that away from it. ${HOW}`)]),
    ...(said(false) === "" ? [] : [check(ABOUT, said(false), `Limit it. ${HOW}`)]),
    ...(unreadable.length === 0
      ? []
      : [
          missing(
            ABOUT,
            `it may not read ${unreadable.slice(0, 3).join(", ")}${unreadable.length > 3 ? ` and ${unreadable.length - 3} more` : ""}`,
            "GRANT SELECT on them to it; those of DATABASE_URL's login are granted at its next start.",
          ),
        ]),
  ];
  return findings.length > 0 ? findings : [fine(ABOUT, "it may read, and nothing else")];
}

/** Of SQLSTATE, class 28 is a login that is refused; 3D, and 0A and 22 of a snapshot, another database. */
function shutOutAdvice(code: string): string {
  if (code.startsWith("28")) return "Check the user and the password in it.";
  if (/^(0A|22|3D)/.test(code)) return "Name the database of DATABASE_URL, on the same server.";
  return "Check the host and the port in it, and that the server runs.";
}
