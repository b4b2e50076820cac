import type { CompanyOptions } from "./options.ts";

/**
 * The company that the demo shows, docs/demo.md tells of and test/demo proves.
 * Its newest week ends before Monday 16 November 2026. The seed is one whose Monday
 * is calm but for the story: chance gives other seeds an alarm or two more.
 */
export const demoCompany: CompanyOptions = {
  seed: 1,
  weeks: 120,
  lastWeek: "2026-11-09",
  stories: true,
};
