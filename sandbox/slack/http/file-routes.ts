import { download } from "../../http/download.ts";
import { textResponse } from "../../http/exchange.ts";
import type { Route } from "../../http/serve.ts";
import { imageFacts } from "../workspace/image-facts.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Where the bytes of a file are sent to: raw, or as the one file of a multipart form. */
export function uploadRoute(workspace: Workspace): Route {
  return async ({ method, url, header, body }) => {
    const id = /^\/upload\/(\w+)$/.exec(url.pathname)?.[1];
    if (!id || method !== "POST") return null;
    const file = workspace.files.find(id);
    if (!file || file.complete) return textResponse("no such upload", 404);
    const bytes = await fileOf(header("content-type"), body);
    if (bytes.length !== file.length) {
      const what = `${bytes.length} bytes where ${file.length} were announced`;
      workspace.problems.push({ where: "upload", what });
      return textResponse(what, 400);
    }
    file.bytes = bytes;
    return textResponse(`OK - ${bytes.length}`);
  };
}

async function fileOf(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith("multipart/form-data")) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": contentType },
  }).formData();
  const file = [...form.values()].find((value) => typeof value !== "string");
  return file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}

/** The bytes of a settled file, for the page: images to be seen, all else to be kept. */
export function downloadRoute(workspace: Workspace): Route {
  return ({ method, url }) => {
    const id = /^\/files\/(\w+)\//.exec(url.pathname)?.[1];
    if (!id || method !== "GET") return null;
    const file = workspace.files.find(id);
    if (!file?.bytes) return textResponse("no such file", 404);
    const facts = imageFacts(file.bytes);
    if (!facts) return download(file.name, file.bytes);
    return { kind: "body", status: 200, type: facts.mimetype, body: file.bytes };
  };
}
