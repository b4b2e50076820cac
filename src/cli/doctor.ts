/** `kpi doctor`: what is missing before the bot can run, all at once. */
import { startClock } from "../clock.ts";
import { surveyConfig } from "../config/index.ts";
import { makeLog } from "../logger.ts";
import { examine } from "./doctor/examine.ts";
import { isWell, tellFindings } from "./doctor/tell-findings.ts";
import { DONE, FAILED, print } from "./terminal.ts";

export async function doctor({ json }: { json?: boolean }): Promise<number> {
  const survey = surveyConfig(process.env, process.cwd());
  const { logLevel, clockFrom } = survey.config;
  // What the doctor finds it says itself, in words.
  const log = makeLog(logLevel === "debug" ? "debug" : "silent");
  const findings = await examine(survey, startClock(clockFrom)(), log);
  const well = isWell(findings);
  print(json ? JSON.stringify({ ok: well, findings }, null, 2) : tellFindings(findings));
  return well ? DONE : FAILED;
}
