/** What can be seen of an SQL text before it runs. */
import { defaultSettings, settingNames, settingValues } from "./settings.ts";
import { codeOf } from "./sql-code.ts";

export type KeyFault = [key: string, problem: string];

/** For whoever has mistaken what an entry is for; what holds is the grants of its login. */
const writing =
  /\b(insert\s+into|update\s+[\w.]+\s+set|delete\s+from|merge\s+into|for\s+(no\s+key\s+)?(update|share))\b/i;

export function sqlFaults(key: "sql" | "maturing" | "shared" | "parts", sql?: string): KeyFault[] {
  if (sql === undefined) return [];
  const faults: KeyFault[] = [];
  const settings = Object.keys(settingValues(defaultSettings));
  for (const name of settingNames(sql)) {
    if (!settings.includes(name))
      faults.push([key, `:${name} is no setting. Settings: ${settings.join(", ")}`]);
  }
  const code = codeOf(sql);
  const [, first = "nothing"] = /^[\s(]*(\w+)/.exec(code) ?? [];
  const [write] = writing.exec(code) ?? [];
  if (!/^(select|with|values)$/i.test(first))
    faults.push([key, `one SELECT; this begins with ${first.toUpperCase()}`]);
  else if (write !== undefined)
    faults.push([key, `it may only read: ${write.replace(/\s+/g, " ").toUpperCase()}`]);
  if (code.includes(";")) faults.push([key, "one SELECT, without a semicolon"]);
  if (/\$\d/.test(code))
    faults.push([key, "$1 and its like are the engine's own; a setting is written :name"]);
  return faults;
}
