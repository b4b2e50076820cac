/**
 * The environment of initdb and postgres. Ours, not the caller's: LANG, TZ and PG* variables of a
 * terminal, of systemd and of a container differ, and a cluster must not depend on who made it.
 * Windows programs need the system's variables, so there the caller's environment is kept.
 */
export function serverEnvironment(
  more: Record<string, string> = {},
): NodeJS.ProcessEnv | undefined {
  if (process.platform === "win32") return undefined;
  return { LC_ALL: "C", TZ: "UTC", ...more };
}
