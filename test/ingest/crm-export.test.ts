/** The CRM's export of docs/importing.md, brought in as that page says. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { importMapping, tellImportFault } from "../../src/ingest/index.ts";
import { freshDatabase } from "../support/database.ts";
import { column, counts, load, now } from "./importing.ts";

const page = await readFile(path.resolve(import.meta.dirname, "../../docs/importing.md"), "utf8");
const section = page.slice(page.indexOf("### From a CRM's export"));

function block(kind: string): string {
  return new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, "s").exec(section)?.[1] ?? "";
}

test("the export of a CRM comes in by the mapping that the documentation has for it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "crm-"));
  const { db, close } = await freshDatabase();
  onTestFinished(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  await writeFile(path.join(folder, "crm.csv"), `\ufeff${block("csv").replaceAll("\n", "\r\n")}`);
  await writeFile(path.join(folder, "crm.yaml"), block("yaml"));
  const mapping = path.join(folder, "crm.yaml");
  const result = await importMapping(db, { mapping, dir: null, now, timeZone: "UTC" });
  if (!result.ok) throw new Error(tellImportFault(result.fault));
  expect(counts(result.value)).toMatchObject({ read: 4, new: 2, repeated: 1, rejected: 1 });
  expect(result.value.rejections).toMatchObject([
    { line: 5, column: "signed_up_at", reason: expect.stringContaining("there is no such day") },
  ]);
  expect(result.value.checks).toMatchObject([{ rows: 0 }]);
  expect(
    await column(db, "SELECT name || signed_up_at::date AS value FROM source.accounts ORDER BY 1"),
  ).toEqual(["Müller GmbH2025-02-03", "Smith; Sons2025-02-04"]);
});

test("without a mapping its columns are named, and what to do", async () => {
  const { db, close } = await freshDatabase();
  onTestFinished(close);
  const result = await load(db, "accounts", block("csv"));
  if (result.ok) throw new Error("taken");
  const words = tellImportFault(result.fault);
  expect(words).toContain('account_id  (is it "Account ID"?)');
  expect(words).toContain(
    "It has Account ID, Account Name, Lead Source, Created Date, First year: not known",
  );
  expect(words).toContain("write a mapping: docs/importing.md");
});
