/** The demo company, proven over its source tables: loaded once with the stories and once without. */
import { afterAll, beforeAll } from "vitest";
import { type Both, type Loaded, load } from "./loaded.ts";
import { describeMonday } from "./monday.ts";
import { told, untold } from "./options.ts";
import { describeSourceTables } from "./source-tables.ts";
import { describeStories } from "./stories.ts";

let loaded: { withStories: Loaded; without: Loaded } | undefined;

beforeAll(async () => {
  const [withStories, without] = await Promise.all([load(told), load(untold)]);
  loaded = { withStories, without };
}, 240_000);

afterAll(async () => {
  await loaded?.withStories.fresh.close();
  await loaded?.without.fresh.close();
});

const both: Both = () => {
  if (loaded === undefined) throw new Error("the company is not loaded yet");
  return loaded;
};

describeSourceTables(both);
describeStories(both);
describeMonday(both);
