/** Takes the job of a key and never ends it: its process is to be killed. The URL is its argument. */
import { startJobs } from "../../src/jobs/index.ts";
import { silentLog } from "../../src/log.ts";

const work = (): Promise<void> => {
  process.stdout.write("taken\n");
  return new Promise(() => {});
};
const jobs = await startJobs(process.argv[2] ?? "", [{ name: "post", atOnce: 1, work }], silentLog);
await jobs.ask("post", "slack:C0ALL");
