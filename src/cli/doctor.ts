/** `kpi doctor`: what is wrong or missing before the bot can run, all at once. */
import { startClock } from "../clock.ts";
import { surveyConfig } from "../config/index.ts";
import { makeLog } from "../logger.ts";
import { examine } from "./doctor/examine.ts";
import { isWell, tellFindings } from "./doctor/tell-findings.ts";
import { interruption } from "./stop-signal.ts";
import { complain, DONE, FAILED, print, STOPPED } from "./terminal.ts";

export async function doctor({ json }: { json?: boolean }): Promise<number> {
  const survey = surveyConfig(process.env, process.cwd());
  const { logLevel, clockFrom } = survey.config;
  // What the doctor finds it says itself, in words.
  const log = makeLog(logLevel === "debug" ? "debug" : "silent");
  const signal = interruption();
  const findings = await examine(survey, startClock(clockFrom)(), log, signal);
  if (signal.aborted) {
    complain("Stopped before everything was looked at. Nothing was changed.");
    // A platform that was asked may still be waited for by its client.
    process.exit(STOPPED);
  }
  const well = isWell(findings);
  const flat = Object.entries(findings).flatMap(([area, found]) =>
    found.map((finding) => ({ area, ...finding })),
  );
  const width = Math.min(process.stdout.columns || 100, 100);
  print(
    json ? JSON.stringify({ ok: well, findings: flat }, null, 2) : tellFindings(findings, width),
  );
  return well ? DONE : FAILED;
}
