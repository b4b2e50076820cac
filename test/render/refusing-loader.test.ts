import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { TopLevelSpec } from "vega-lite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rasterise } from "../../src/render/rasterise.ts";
import { refusingLoader } from "../../src/render/refusing-loader.ts";
import { RenderError } from "../../src/render/render-error.ts";
import { plotMarks, plotTemplate } from "../../src/render/vega-plot.ts";

const rows = [{ x: 1 }, { x: 2 }];
const folder = mkdtempSync(path.join(tmpdir(), "throughline-loader-"));
const file = path.join(folder, "rows.json");
let requests = 0;
const server = createServer((_, response) => {
  requests++;
  response.setHeader("content-type", "application/json").end(JSON.stringify(rows));
});
let http = "";

beforeAll(async () => {
  writeFileSync(file, JSON.stringify(rows));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  http = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rows.json`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const addresses = {
  http: () => http,
  "protocol-relative": () => http.replace("http:", ""),
  file: () => pathToFileURL(file).href,
  path: () => file,
  data: () => `data:application/json,${encodeURIComponent(JSON.stringify(rows))}`,
};

function marksOf(spec: TopLevelSpec): Promise<string> {
  return plotMarks(plotTemplate(spec), { width: 100, params: {}, data: {} });
}

describe("a hostile chart opens nothing", () => {
  for (const [kind, address] of Object.entries(addresses)) {
    test(`rows from ${kind}`, async () => {
      const marks = marksOf({
        data: { url: address(), format: { type: "json" } },
        mark: "point",
        encoding: { x: { field: "x", type: "quantitative" } },
      });
      await expect(marks).rejects.toBeInstanceOf(RenderError);
      expect(requests).toBe(0);
    });

    test(`an image from ${kind}, which is drawn without its address`, async () => {
      const marks = await marksOf({
        data: { values: [{ url: address() }] },
        mark: { type: "image", width: 20, height: 20 },
        encoding: { url: { field: "url", type: "nominal" } },
      });
      expect(marks).not.toMatch(/href="[^"]/);
      expect(requests).toBe(0);
    });

    test(`a link to ${kind}, which is drawn without its address`, async () => {
      const marks = await marksOf({
        data: { values: [{ link: address() }] },
        mark: "point",
        encoding: { href: { field: "link", type: "nominal" } },
      });
      expect(marks).toContain("<path");
      expect(marks).not.toMatch(/href="[^"]/);
      expect(requests).toBe(0);
    });
  }

  test("Vega would have opened them", async () => {
    const { loader } = await import("vega");
    expect(JSON.parse(await loader().load(http))).toEqual(rows);
    expect(JSON.parse(await loader().load(file))).toEqual(rows);
    expect(requests).toBe(1);
    requests = 0;
  });

  test("nor does the rasteriser open an address, should one ever stand in a sheet", async () => {
    for (const address of [http, pathToFileURL(file).href, file, "data:image/png;base64,AA=="]) {
      const image = `<image href="${address}" width="20" height="20"/>`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">${image}</svg>`;
      const refusal = rasterise({ svg, width: 20, height: 20 });
      await expect(refusal).rejects.toMatchObject({ fault: "raster" });
    }
    expect(requests).toBe(0);
  });

  test("each way of the loader refuses", async () => {
    await expect(refusingLoader.load(http)).rejects.toThrow();
    await expect(refusingLoader.http(http, {})).rejects.toThrow();
    await expect(refusingLoader.file(file)).rejects.toThrow();
    expect(await refusingLoader.sanitize(http, { context: "image" })).toEqual({ href: "" });
  });
});
