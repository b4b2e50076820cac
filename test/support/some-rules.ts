import type { AccessRules } from "../../src/policy/index.ts";

/** A kpi.yaml that allows sensitive metrics in these channels and names nobody. */
export function someRules(
  sensitiveChannels: readonly string[] = [],
  more: Partial<AccessRules> = {},
): AccessRules {
  return {
    sensitiveChannels: new Set(sensitiveChannels),
    guestChannels: new Set(),
    externalChannels: new Set(),
    sensitiveViewers: null,
    operators: new Set(),
    ...more,
  };
}
