/** What accounts build and go through in the product: journeys and workspace objects. */
import { firstDaysOfUse, userId, usersBy } from "../account.ts";
import { daySeconds } from "../calendar.ts";
import { Dice, type Share } from "../dice.ts";
import type { TableOfCompany } from "./table.ts";

const journeys = ["invite_team", "first_report", "publish_workflow"] as const;
const journeysAWeek = 0.07;

export const journeyRunsTable: TableOfCompany = {
  name: "journey_runs",
  columns: ["account_id", "run_id", "user_id", "journey", "started_at", "completed_at"],
  *lines({ accounts, calendar, options }) {
    for (const account of accounts) {
      const dice = new Dice(options.seed, "journeys", account.index);
      const started = account.signedUpAt + 240;
      const takes = Math.round(dice.around(4, 0.6) * daySeconds);
      const isDone = dice.chance(account.takesHold ? 0.86 : 0.3);
      const done = calendar.instantOrNone(isDone ? started + takes : null);
      const first = userId(account, 0);
      if (started < calendar.end) {
        yield `${account.id},${account.id}-j0,${first},onboarding,${calendar.instant(started)},${done}\n`;
      }
      let nth = 0;
      for (const day of firstDaysOfUse(account, calendar.endDay)) {
        if (!dice.chance(journeysAWeek)) continue;
        nth += 1;
        const at = day * daySeconds + dice.int(8 * 3600, 18 * 3600);
        if (at < account.signedUpAt) continue;
        const ends = dice.chance(0.72) ? at + Math.round(dice.around(2, 0.5) * daySeconds) : null;
        const who = userId(account, dice.int(0, usersBy(account, day) - 1));
        yield `${account.id},${account.id}-j${nth},${who},${dice.pick(journeys)},${calendar.instant(at)},${calendar.instantOrNone(ends)}\n`;
      }
    }
  },
};

const kinds: readonly [Share<string>, ...Share<string>[]] = [
  ["workflow", 0.55],
  ["use_case", 0.27],
  ["application", 0.18],
];
const objectsAWeek = [0, 0.05, 0.11, 0.14, 0.2];

export const workspaceObjectsTable: TableOfCompany = {
  name: "workspace_objects",
  columns: ["account_id", "object_id", "kind", "created_at", "archived_at"],
  *lines({ accounts, calendar, options }) {
    for (const account of accounts) {
      const dice = new Dice(options.seed, "objects", account.index);
      let nth = 0;
      for (const day of firstDaysOfUse(account, calendar.endDay)) {
        if (!dice.chance(objectsAWeek[account.size] ?? 0)) continue;
        nth += 1;
        const at = Math.max(account.signedUpAt, day * daySeconds + dice.int(8 * 3600, 18 * 3600));
        const archived = dice.chance(0.25) ? at + dice.int(20, 300) * daySeconds : null;
        const ends = archived ?? account.closedAt;
        yield `${account.id},${account.id}-o${nth},${dice.weighted(kinds)},${calendar.instant(at)},${calendar.instantOrNone(ends)}\n`;
      }
    }
  },
};
