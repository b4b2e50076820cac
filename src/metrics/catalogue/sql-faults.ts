/** What can be seen of an SQL text before it runs. */
import { defaultSettings, settingNames, settingValues } from "./settings.ts";
import { codeOf } from "./sql-code.ts";

export type KeyFault = [key: string, problem: string];

/** For whoever has mistaken what an entry is for; what holds is the grants of its login. */
const writing =
  /\b(insert\s+into|into\s+(?:temp\w*\s+|unlogged\s+)?(?:table\s+)?[\w."]+\s+from|update\s+[\w.]+\s+set|delete\s+from|merge\s+into|for\s+(no\s+key\s+)?(update|share))\b/i;

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
  for (const open of openIn(code)) faults.push([key, `${open} is opened and not closed`]);
  if (code.includes(";")) faults.push([key, "one SELECT, without a semicolon"]);
  if (/\$\d/.test(code))
    faults.push([key, "$1 and its like are the engine's own; a setting is written :name"]);
  return faults;
}

/** What would swallow all that the engine writes behind the text. */
function openIn(code: string): string[] {
  const opened: [RegExp, string][] = [
    [/\/\*/, "a comment, /*,"],
    [/'/, "a text, ',"],
    [/"/, 'a name, ",'],
  ];
  const pieces = opened.filter(([sign]) => sign.test(code)).map(([, name]) => name);
  return pieces.length > 0 || isBalanced(code) ? pieces : ["a parenthesis"];
}

function isBalanced(code: string): boolean {
  let depth = 0;
  for (const [sign] of code.matchAll(/[()]/g)) {
    depth += sign === "(" ? 1 : -1;
    // The database tells that one, with its line.
    if (depth < 0) return true;
  }
  return depth === 0;
}
