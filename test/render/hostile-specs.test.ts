import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, expect } from "vitest";
import { plotMarks, plotTemplate } from "../../src/render/vega-plot.ts";
import { faultTest } from "../support/fault-test.ts";

const canary = "c4n4ry";
const folder = mkdtempSync(path.join(tmpdir(), "hostile-specs-"));
const file = path.join(folder, "rows.json");
let requests = 0;
const server = createServer((_, response) => {
  requests++;
  response.end(JSON.stringify([{ x: 1, text: canary }]));
});
let origin = "";

beforeAll(async () => {
  writeFileSync(file, JSON.stringify([{ x: 1, text: canary }]));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  origin = `http://127.0.0.1:${address.port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Where rows with the canary lie, written in every way that a loader may read. */
const address = fc
  .tuple(
    fc.constantFrom<(end: string) => string>(
      (end) => `${origin}/${end}`,
      (end) => `${origin.replace("http:", "")}/${end}`,
      (end) => `${origin.replace("http", "HTTP")}/${end}`,
      (end) => `http://u:p@${origin.slice("http://".length)}/${end}`,
      () => file,
      () => pathToFileURL(file).href,
      () => pathToFileURL(file).href.replace("file:", "FILE:"),
      () => `file:${file}`,
      () => path.relative(process.cwd(), file),
      () => `data:application/json,${percents(`[{"x":1,"text":"${canary}"}]`)}`,
      () => `data:application/json;base64,${btoa(`[{"x":1,"text":"${canary}"}]`)}`,
    ),
    fc.webPath(),
  )
  .map(([make, end]) => make(end));

/** Every letter written so, or the canary would be in the address itself, which a label may show. */
function percents(plain: string): string {
  return plain.replace(/./g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

const text = { field: "text", type: "nominal" } as const;
const format = fc.constantFrom("json", "csv", "tsv", "topojson", "dsv");

/** Every place of a spec in which an address may stand. */
const spec = fc.oneof(
  fc.record({ url: address, type: format }).map(({ url, type }) => ({
    data: { url, format: { type } },
    mark: "text",
    encoding: { text },
  })),
  address.map((url) => ({
    data: { values: [{ x: 1 }] },
    transform: [{ lookup: "x", from: { data: { url }, key: "x", fields: ["text"] } }],
    mark: "text",
    encoding: { text },
  })),
  address.map((url) => ({
    layer: [{ data: { url }, mark: "text", encoding: { text } }],
  })),
  address.map((url) => ({
    data: { values: [{ url }] },
    mark: { type: "image", width: 9, height: 9 },
    encoding: { url: { field: "url", type: "nominal" } },
  })),
  address.map((url) => ({
    data: { values: [{ x: 1 }] },
    mark: { type: "point", href: url },
  })),
  address.map((url) => ({ data: { url }, mark: "geoshape" })),
  address.map((url) => ({
    data: { name: "rows" },
    datasets: { rows: [{ x: 1 }] },
    transform: [{ calculate: `replace(${JSON.stringify(url)}, /^/, '')`, as: "href" }],
    mark: "point",
    encoding: { href: { field: "href", type: "nominal" } },
  })),
);

faultTest(39, "no address anywhere in a chart's spec is opened", async (run) => {
  let refused = 0;
  await run.check(
    fc.asyncProperty(spec, async (hostile) => {
      const marks = await drawn(hostile);
      if (marks === null) refused++;
      expect(marks ?? "").not.toContain(canary);
      expect(marks ?? "").not.toMatch(/href="[^"]/);
      expect(requests).toBe(0);
    }),
  );
  expect(refused).toBeGreaterThan(0);
  run.saw(`0 opened; ${refused} refused, the others drawn without what the address names`);
});

/** Null: refused. */
async function drawn(hostile: object): Promise<string | null> {
  try {
    // As it would come from outside: a spec that nobody has checked.
    const template = plotTemplate(JSON.parse(JSON.stringify(hostile)));
    return await plotMarks(template, { width: 100, params: {}, data: {} });
  } catch {
    return null;
  }
}
