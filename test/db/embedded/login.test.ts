import { statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { sqlState } from "../../../src/db/index.ts";
import { ask, openPool, startServer, usedFolder } from "./data-folder.ts";

const Rights = z.object({ name: z.string(), is_superuser: z.boolean(), may_create: z.boolean() });
const rights = `
  SELECT rolname AS name, rolsuper OR rolcreaterole OR rolcreatedb AS is_superuser,
         has_database_privilege(current_database(), 'CREATE') AS may_create
  FROM pg_roles WHERE rolname = current_user`;

test("a second login has no rights of the owner's, and the same password for all who ask", async () => {
  const folder = await usedFolder();
  const server = await startServer(folder);
  const again = await startServer(folder);
  const urls = await Promise.all([server, again, server].map((each) => each.loginUrl("guest")));
  expect(new Set(urls).size).toBe(1);
  const [url = ""] = urls;
  expect(await ask(url, Rights, rights)).toEqual({
    name: "guest",
    is_superuser: false,
    may_create: false,
  });
  expect(statSync(path.join(folder, "postgres", "guest.password")).mode & 0o777).toBe(0o600);
  const refused = await openPool(url)
    .run("CREATE SCHEMA mine")
    .catch((error: unknown) => error);
  expect(sqlState(refused)).toBe("42501");
});
