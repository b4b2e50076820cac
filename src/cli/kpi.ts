/** The command line: `npm run kpi -- <args>`. Results on stdout, everything else on stderr. */
import { Command, CommanderError, Option } from "commander";
import { version } from "../version.ts";
import { complain, DONE, FAILED, WRONG_USE } from "./terminal.ts";

/** The contract with scripts, which docs/reference.md has for each command. */
const statusText = `
Exit status: 0 done, 1 failed, 2 wrong use, 130 stopped by Ctrl-C.`;

// Each command is loaded when it is called, so that `kpi --help` opens no database library.
const program = new Command("kpi")
  .description("Success metrics, their drivers and owners, where the teams already talk.")
  .version(version, "--version")
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("(add --help for what there is)")
  .addHelpText("after", statusText);

let status: number = DONE;

/** `kpi <command> --help` ends on lines to try. */
function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  kpi ${line}`).join("\n")}`;
}

/** One word is the whole line; of several, a value with spaces has lost its quotes to the shell. */
function lineOf(words: readonly string[]): string {
  if (words.length === 1) return words[0] ?? "";
  return words.map((word) => word.replace(/^([^="]+)=([^"]*\s[^"]*)$/, '$1="$2"')).join(" ");
}

function gather(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

program
  .command("serve")
  .description("run the bot until it is told to stop")
  .action(async () => {
    status = await (await import("./serve.ts")).serve();
  });

program
  .command("migrate")
  .description("bring the database's schema up to date")
  .action(async () => {
    status = await (await import("./migrate.ts")).migrateOnly();
  });

program
  .command("init")
  .description("look at your data, and propose a mapping and a kpi.yaml to begin with")
  .option("--dir <folder>", "a folder of CSV files; without it the database of SOURCE_DATABASE_URL")
  .option("--schema <schema>", "of that database this schema alone")
  .option("--mapping <file>", "the file to write", "mapping.yaml")
  .option("--force", "write over a mapping that is there")
  .addHelpText("after", examples("init --dir exports/", "init --schema public"))
  .action(async (options) => {
    status = await (await import("./init/init.ts")).init(options);
  });

program
  .command("import")
  .description("bring data in: a CSV file into its table, a folder of them, or files by a mapping")
  .argument("[table]", "a source table, such as accounts")
  .argument("[file]", "its CSV file")
  .option("--mapping <file>", "a mapping file, instead of a table")
  .option(
    "--dir <folder>",
    "where the mapping's files are; without a mapping, a folder of <table>.csv",
  )
  .addOption(
    new Option("--mode <mode>", "replace also deletes what the file does not hold")
      .choices(["upsert", "replace"])
      .default("upsert"),
  )
  .option(
    "--complete-through <day>",
    "the day, or instant, up to which the rows are complete; default: the midnight before now",
  )
  .option("--strict", "take nothing when a row is rejected")
  .option(
    "--rejected <file>",
    "where all rejected rows are written, as CSV; default: below the data folder",
  )
  .option("--checks <file>", "where all rows that a mapping's checks found are written")
  .addHelpText(
    "after",
    examples(
      "import accounts accounts.csv",
      "import --dir exports/",
      "import --mapping mapping.yaml --dir exports/",
    ),
  )
  .action(async (table: string | undefined, file: string | undefined, options) => {
    status = await (await import("./import.ts")).importData(table, file, options);
  });

program
  .command("refresh")
  .description("compute what is new or changed")
  .option("--full", "compute everything anew")
  .action(async (options) => {
    status = await (await import("./refresh.ts")).refreshAll(options);
  });

program
  .command("query")
  .description("answer what one would type after /kpi")
  .argument("<words...>", 'such as "adoption tier=pro"')
  .option("--week <week>", "an ISO week or a date in it")
  .option("--json", "the answer as data")
  .option("--png <file>", "write the chart; its folder is made if it is not there")
  .option("--csv <file>", "write the numbers: the breakdown where one is asked for, else the weeks")
  .option("--exact", "straight from the source tables")
  .addHelpText(
    "after",
    examples(
      'query "adoption by source window=13"',
      'query "arr" --week 2026-W46 --json',
      'query "adoption tier=pro" --png adoption.png',
    ),
  )
  .action(async (words: string[], options) => {
    status = await (await import("./query.ts")).query(lineOf(words), options);
  });

program
  .command("scorecard")
  .description("the shared scorecard of a week, or a team's")
  .argument("[team]", "the same as --team")
  .option("--week <week>", "an ISO week or a date in it")
  .option("--team <team>", "what this team owns or contributes to")
  .option("--json", "the scorecard as data")
  .option("--out <folder>", "write the picture into a folder, made if it is not there")
  .option("--csv <file>", "write the rows as CSV, unrounded")
  .addHelpText(
    "after",
    examples("scorecard", "scorecard --team CS --week 2026-W46 --out pictures/"),
  )
  .action(async (team: string | undefined, options) => {
    status = await (await import("./scorecard.ts")).scorecard(team, options);
  });

const metrics = program
  .command("metrics")
  .description("all metrics, or those whose names hold a word")
  .argument("[search...]")
  .option("--json", "as data")
  .action(async (search: string[], options) => {
    status = await (await import("./query.ts")).query(["metrics", ...search].join(" "), options);
  });

metrics
  .command("check")
  .description("whether definitions hold on your data: your own, or those that are named")
  .argument("[ids...]", "metrics by their ids, of which the SQL is shown as well")
  .option("--all", "every metric, also those that ship")
  .option("--json", "as data")
  .addHelpText("after", examples("metrics check", "metrics check ticket_volume"))
  .action(async (ids: string[], _, command: Command) => {
    status = await (await import("./check-metrics.ts")).checkMetrics(
      ids,
      command.optsWithGlobals(),
    );
  });

program
  .command("access")
  .description("who may see what: every role in every channel of kpi.yaml")
  .option("--json", "every cell as data, with its metrics")
  .action(async (options) => {
    status = await (await import("./access.ts")).access(options);
  });

program
  .command("audit")
  .description("who was refused a figure, and who was told of a sensitive metric")
  .option("--since <date>", "from this day on; default: the last 30 days")
  .option("--json", "the entries as data")
  .action(async (options) => {
    status = await (await import("./audit.ts")).audit(options);
  });

program
  .command("runs")
  .description("what was posted where and when, what waits and why; resend or skip a post")
  .argument("[order]", "resend or skip")
  .argument("[id]", "the post's, from the first column")
  .argument("[sure]", "again: also where it may stand already")
  .option("--report <report>", "such as scorecard, team/GTM or signal")
  .option("--week <week>", "an ISO week or a date in it")
  .option("--json", "as data")
  .addHelpText(
    "after",
    examples("runs", "runs --report team --week 2026-W46", "runs resend 07cf4a"),
  )
  .action(async (order?: string, id?: string, sure?: string, options = {}) => {
    const words = [order, id, sure].filter((word) => word !== undefined);
    status = await (await import("./runs.ts")).runs(words, options);
  });

program
  .command("target")
  .description("a metric's targets; with a value it is set, and with end ended")
  .argument("<words...>", 'such as "adoption tier=pro 45%"')
  .option("--json", "all targets of the metric as data")
  .addHelpText(
    "after",
    examples("target adoption", 'target "arr 2.8m by 31 Dec"', 'target "adoption tier=pro end"'),
  )
  .action(async (words: string[], options) => {
    status = await (await import("./target.ts")).target(lineOf(words), options);
  });

program
  .command("doctor")
  .description("what is missing before the bot can run, each with the next step")
  .option("--json", "the findings as data")
  .action(async (options) => {
    status = await (await import("./doctor.ts")).doctor(options);
  });

program
  .command("watch")
  .description("one look from outside, for a timer: tells the owner when a report is missing")
  .action(async () => {
    status = await (await import("./watch/watch.ts")).watch();
  });

program
  .command("manifest")
  .description("the manifest of the Slack app, to paste into Slack; for Socket Mode without --url")
  .option("--url <address>", "the public address of /slack/events, for requests over HTTP")
  .action(async (options) => {
    status = (await import("./manifest.ts")).manifest(options);
  });

program
  .command("backtest")
  .description("every alarm that there would have been, of a metric or of a CSV file")
  .argument("[words...]", 'a metric and filters, such as "error rate tier=pro"')
  .option("--csv <file>", "one row a week: week and value, or x,n, or promoters,detractors,n")
  .option("--kind <kind>", "what the file observes: prop, nps, flow, stock or value")
  .option("--n-min <n>", "of prop and nps: weeks of fewer units are pooled with those before")
  .option("--reset <week>", "a week from which a new normal was declared; may be repeated", gather)
  .option("--json", "every week with its verdict")
  .option("--png <file>", "write the picture of the year; its folder is made if it is not there")
  .option("--exact", "straight from the source tables")
  .addHelpText(
    "after",
    examples('backtest "error rate tier=pro"', "backtest --csv weekly.csv --kind flow --json"),
  )
  .action(async (words: string[], options) => {
    status = await (await import("./backtest.ts")).backtest(lineOf(words), options);
  });

program
  .command("export")
  .description("everything that the program keeps, into a folder of files")
  .requiredOption("--dir <folder>", "a folder that is not there yet, or an empty one")
  .addHelpText("after", examples("export --dir backups/2026-11-16"))
  .action(async (options) => {
    status = await (await import("./export.ts")).exportAll(options);
  });

program
  .command("restore")
  .description("an export into an empty database, all of it or nothing")
  .requiredOption("--dir <folder>", "the folder that was given to kpi export")
  .addHelpText("after", examples("restore --dir backups/2026-11-16"))
  .action(async (options) => {
    status = await (await import("./restore.ts")).restoreAll(options);
  });

program
  .command("demo")
  .description("an invented company in a sandbox: the bot at work, without a token")
  .option("--once", "post the scorecard, print what was made, and end")
  .option("--port <port>", "the page's port; default: any free one")
  .option("--socket", "the bot opens a socket to Slack, as behind a firewall")
  .action(async (options) => {
    status = await (await import("./demo.ts")).demo(options);
  });

// Whoever reads only the beginning, as `head` does, has what they wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(DONE);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) status = error.exitCode === 0 ? DONE : WRONG_USE;
  else {
    complain((await import("./tell-crash.ts")).tellCrash(error));
    status = FAILED;
  }
}
process.exitCode = status;
