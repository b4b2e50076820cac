/** What the owner is told privately of what fails: what, why, since when, and one next step. No figure. */
import type { Block, Message } from "../message.ts";
import type { WeekStart } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import { capital } from "./capital.ts";
import { reportName, scheduleName } from "./report-name.ts";
import { sayInstant } from "./say-week.ts";
import { shortId } from "./short-id.ts";
import { troubleWords } from "./trouble-words.ts";
import type { Voice } from "./voice.ts";
import { figureless } from "./without-figures.ts";

/** What does not work; of two failures with the same one the second is the same trouble. */
export type TroubleSubject =
  /** `slack:C0ALL`. */
  | { kind: "channel"; channel: string }
  | { kind: "platform"; platform: string }
  | { kind: "delivery"; id: string; report: string; period: WeekStart; channel: string }
  | { kind: "report"; report: string; period: WeekStart }
  | { kind: "sources" }
  /** Figures stood in a channel to which others came. */
  | { kind: "figures"; channel: string }
  /** What is seen from outside alone, by kpi watch. */
  | { kind: "database" }
  | { kind: "scheduler" }
  | { kind: "missing"; report: string };

export interface Trouble {
  subject: TroubleSubject;
  /** The platform's own word, or ours. */
  code: string;
  since: string;
  /** When it was over; null while it is not. */
  over: string | null;
}

export function tellNotice(troubles: readonly Trouble[], timeZone: string, voice: Voice): Message {
  const isOver = troubles.every(({ over }) => over !== null);
  const heading = isOver ? "It works again" : "Something needs you";
  // What is open comes first, for the end is what is left out.
  const ordered = troubles.toSorted((a, b) => Number(a.over !== null) - Number(b.over !== null));
  const said = ordered.map((trouble) => sayTrouble(trouble, timeZone, voice));
  const shown = said.slice(0, MOST_SHOWN);
  const left = said.length - shown.length;
  const more = left > 0 ? [`And ${left} more: kpi runs lists them.`] : [];
  return figureless({
    summary: [`${heading}.`, ...shown.map(({ what, rest }) => `${what} ${rest}`), ...more].join(
      " ",
    ),
    blocks: [
      { kind: "heading", text: heading },
      ...shown.map(
        ({ what, rest }): Block => ({
          kind: "text",
          text: [{ kind: "strong", text: what }, ` ${rest}`],
        }),
      ),
      ...more.map((text): Block => ({ kind: "context", text })),
    ],
  });
}

const MOST_SHOWN = 12;

function sayTrouble({ subject, code, since, over }: Trouble, timeZone: string, voice: Voice) {
  const { why, next } = troubleWords(code);
  const at = (instant: string): string => sayInstant(instant, timeZone, voice);
  const what = `${sayWhat(subject, code, over !== null)}: ${why}.`;
  if (over !== null) return { what, rest: `From ${at(since)} to ${at(over)}; it is over.` };
  return { what, rest: [`Since ${at(since)}.`, next, ...sayWays(subject)].join(" ") };
}

/** What can be done about one post, once its cause is mended. */
function sayWays(subject: TroubleSubject): string[] {
  if (subject.kind !== "delivery") return [];
  const id = shortId(subject.id);
  return [`To post it after all: /kpi runs resend ${id}. To let it be: /kpi runs skip ${id}.`];
}

function sayWhat(subject: TroubleSubject, code: string, isOver: boolean): string {
  const can = isOver ? "could" : "can";
  switch (subject.kind) {
    case "channel":
      return `Nothing ${can} be posted in ${subject.channel}`;
    case "platform":
      return `Nothing ${can} be posted on ${platformNames[subject.platform] ?? subject.platform}`;
    case "delivery": {
      const name = reportName(subject.report, subject.period);
      return code === "ambiguous"
        ? `Nobody knows whether ${name} stands in ${subject.channel}`
        : `${capital(name)} was not posted in ${subject.channel}`;
    }
    case "report":
      return `${capital(reportName(subject.report, subject.period))} is not there`;
    case "sources":
      return "The sources were not loaded";
    case "figures":
      return code === "figures_stand"
        ? `Figures stand in ${subject.channel} that could not be deleted`
        : `The figures in ${subject.channel} were deleted`;
    case "database":
      return isOver ? "The database could not be read" : "The database cannot be read";
    case "scheduler":
      return "Nothing is posted by itself";
    case "missing":
      return `${capital(scheduleName(subject.report))} ${subject.report === "breakdowns" ? "have" : "has"} not come`;
    default:
      return assertNever(subject);
  }
}

const platformNames: Readonly<Record<string, string>> = { slack: "Slack", discord: "Discord" };
