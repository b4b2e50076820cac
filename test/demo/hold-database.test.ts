import { expect, test } from "vitest";
import { holdDatabase } from "../../demo/load-company.ts";
import { freshDatabase } from "../support/database.ts";

test("a second demo does not get the database of the first, whatever that one is doing", async () => {
  const { url, close } = await freshDatabase();
  const release = await holdDatabase(url);
  expect(release).not.toBeNull();
  expect(await holdDatabase(url)).toBeNull();
  await release?.();
  const again = await holdDatabase(url);
  expect(again).not.toBeNull();
  await again?.();
  await close();
});

test("a database that is not there is an error and no wait", async () => {
  await expect(holdDatabase("postgres://nobody@127.0.0.1:1/none")).rejects.toThrow();
});
