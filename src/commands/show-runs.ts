import type { WeekStart } from "../metrics/index.ts";
import { callerName, callerPlace, isOperator } from "../policy/index.ts";
import { listRuns, orderPost } from "../reports/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { type AskFault, runsJson, tellOrder, tellRuns } from "../wording/index.ts";
import type { Ask, Command, CommandContext, Told } from "./command-context.ts";
import { fold } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";
import { operatorsOnly } from "./operators-only.ts";
import { readNameAndWeek } from "./read-name-and-week.ts";

/** The first parts of the names of runs. */
const reports = ["scorecard", "team", "signal", "signal_week", "signal_link", "notice"];
const expected = [...reports, "team/<team>", "week <w>", "resend <id>", "skip <id>"];

export const showRuns: Command = {
  name: "runs",
  usage: "runs [report] [week <w>] | runs resend <id> | runs skip <id>",
  what: "What was posted here and when, what waits and why. Operators see all channels, and resend or skip a post.",
  examples: ["runs", "runs scorecard week 46", "runs resend 07cf4a"],
  async run(context, ask) {
    const [first] = ask.tokens;
    const word = first?.kind === "word" ? fold(first.text) : "";
    return word === "resend" || word === "skip" ? order(context, ask, word) : list(context, ask);
  },
};

/** An operator's list is for nobody else, since it names channels that others may not know of. */
async function list(context: CommandContext, ask: Ask): Promise<Result<Told, AskFault>> {
  const asked = readAsked(context, ask);
  if (!asked.ok) return asked;
  const seesAll = isOperator(context.rules, ask.caller);
  const channel = seesAll ? null : callerPlace(ask.caller);
  const runs = await listRuns(context.metrics.db, { ...asked.value, channel });
  const hour = { now: ask.now, timeZone: context.metrics.settings.timeZone, voice: context.voice };
  return ok({
    message: tellRuns(runs, hour),
    draw: null,
    data: runsJson(runs, hour),
    metrics: [],
    isPersonal: seesAll,
    line: ask.line,
  });
}

/** Whoever asks for the answer once more gets the list: an order is given once. */
async function order(
  context: CommandContext,
  ask: Ask,
  kind: "resend" | "skip",
): Promise<Result<Told, AskFault>> {
  const refused = await operatorsOnly(context, ask, `runs ${kind}`);
  if (refused !== null) return failed(refused);
  const [, id, sure, ...rest] = ask.tokens;
  if (id === undefined)
    return failed({ kind: "word_without_value", word: kind, example: `runs ${kind} 07cf4a` });
  const isSure = kind === "resend" && sure !== undefined && fold(sure.text) === "again";
  const stranger = isSure || sure === undefined ? rest[0] : sure;
  if (stranger !== undefined)
    return failed({ kind: "unknown_word", word: stranger.text, expected: ["private", "public"] });
  if (!/^[0-9a-f]{4,24}$/i.test(id.text))
    return failed({ kind: "no_such_post", id: id.text, isShort: false });
  const { caller, now } = ask;
  const who = callerName(caller);
  const given = { kind, id: id.text.toLowerCase(), isSure, who, channel: callerPlace(caller), now };
  const done = await orderPost(context.metrics.db, given);
  if (!done.ok) return done;
  const { post } = done.value;
  const isToConfirm = done.value.kind === "unsure";
  const again = `runs resend ${post.id} again`;
  return ok({
    message: tellOrder(kind, post, isToConfirm, context.prefix),
    draw: null,
    data: { id: post.id, done: !isToConfirm },
    metrics: [],
    isPersonal: true,
    line: "runs",
    next: isToConfirm ? [{ kind: "question", label: "Post it again", line: again }] : [],
  });
}

interface Asked {
  report: string | null;
  week: WeekStart | null;
}

function readAsked(context: CommandContext, ask: Ask): Result<Asked, AskFault> {
  const read = readNameAndWeek(context, ask, { expected, example: "runs week 2026-W46" });
  if (!read.ok) return read;
  const [name, stranger] = read.value.named;
  const report = name === undefined ? ok(null) : reportOf(name);
  if (!report.ok) return report;
  if (stranger !== undefined)
    return failed({ kind: "unknown_word", word: stranger.text, expected });
  return ok({ report: report.value, week: read.value.week });
}

/** As its runs are named: `team/GTM` with the team's capitals. */
function reportOf({ text }: Token): Result<string, AskFault> {
  const [kind = "", ...which] = text.split("/");
  const known = reports.find((report) => report === fold(kind).replace("-", "_"));
  if (known === undefined) return failed({ kind: "unknown_word", word: text, expected });
  return ok(
    [known, ...which.map((name) => (known === "team" ? name.toUpperCase() : name))].join("/"),
  );
}
