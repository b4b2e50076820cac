import { type HttpRequest, type HttpResponse, jsonResponse } from "../../http/exchange.ts";
import { isObject, type JsonObject, parseJson } from "../../json.ts";
import { errorsOf, type FormFault } from "./form-fault.ts";

export interface Request {
  method: string;
  /** Behind `/api/v10`, decoded. */
  path: string;
  query: URLSearchParams;
  authorization: string;
  /** Null when the body is neither a JSON object nor a form that holds one. */
  body: JsonObject | null;
  /** A JSON list, as declarations of commands are. */
  list: readonly JsonObject[] | null;
  /** By their number in the form. */
  files: ReadonlyMap<number, { name: string; bytes: Buffer }>;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export async function readCall({ method, url, header, body }: HttpRequest): Promise<Request> {
  const type = header("content-type");
  const read = type.startsWith("multipart/form-data")
    ? await readForm(body, type)
    : { json: body.length === 0 ? {} : parseJson(body.toString("utf8")), files: new Map() };
  const { json } = read;
  return {
    method,
    path: decodeURIComponent(url.pathname.replace(/^\/api\/v10/, "")),
    query: url.searchParams,
    authorization: header("authorization"),
    body: isObject(json) ? json : null,
    list: Array.isArray(json) ? json.filter(isObject) : null,
    files: read.files,
  };
}

/** An answer on its way; one without a body is empty. */
export function responseOf({ status, body, headers = {} }: Answer): HttpResponse {
  const response = jsonResponse(body, status);
  const empty = { kind: "body", status, type: "text/plain", body: "" } as const;
  const made = body === undefined || response.kind !== "body" ? empty : response;
  return { ...made, headers: { ...headers } };
}

async function readForm(bytes: Buffer, type: string) {
  const form = await new Response(new Uint8Array(bytes), {
    headers: { "content-type": type },
  }).formData();
  const files = new Map<number, { name: string; bytes: Buffer }>();
  for (const [key, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (index === undefined || typeof value === "string") continue;
    files.set(Number(index), { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  const payload = form.get("payload_json");
  return { json: parseJson(typeof payload === "string" ? payload : "{}"), files };
}

/** Discord's own words for what goes wrong. */
export const refusals = {
  unauthorized: { status: 401, body: { message: "401: Unauthorized", code: 0 } },
  notFound: { status: 404, body: { message: "404: Not Found", code: 0 } },
  unknownChannel: { status: 404, body: { message: "Unknown Channel", code: 10003 } },
  unknownMember: { status: 404, body: { message: "Unknown Member", code: 10007 } },
  unknownMessage: { status: 404, body: { message: "Unknown Message", code: 10008 } },
  unknownUser: { status: 404, body: { message: "Unknown User", code: 10013 } },
  unknownWebhook: { status: 404, body: { message: "Unknown Webhook", code: 10015 } },
  unknownInteraction: { status: 404, body: { message: "Unknown interaction", code: 10062 } },
  acknowledged: {
    status: 400,
    body: { message: "Interaction has already been acknowledged.", code: 40060 },
  },
  missingAccess: { status: 403, body: { message: "Missing Access", code: 50001 } },
  closedToBots: {
    status: 403,
    body: { message: "Cannot send messages to this user", code: 50007 },
  },
  invalidRecipient: { status: 400, body: { message: "Invalid Recipient(s)", code: 50033 } },
  missingPermissions: { status: 403, body: { message: "Missing Permissions", code: 50013 } },
  notYours: {
    status: 403,
    body: { message: "Cannot edit a message authored by another user", code: 50005 },
  },
  badToken: { status: 401, body: { message: "Invalid Webhook Token", code: 50027 } },
  emptyMessage: { status: 400, body: { message: "Cannot send an empty message", code: 50006 } },
  badJson: {
    status: 400,
    body: { message: "The request body contains invalid JSON.", code: 50109 },
  },
  threadArchived: { status: 400, body: { message: "Thread is archived", code: 50083 } },
  threadLocked: { status: 400, body: { message: "Thread is locked", code: 160005 } },
  threadExists: {
    status: 400,
    body: { message: "A thread has already been created for this message", code: 160004 },
  },
} as const satisfies Record<string, Answer>;

export function invalidForm(faults: readonly FormFault[]): Answer {
  const body = { message: "Invalid Form Body", code: 50035, errors: errorsOf(faults) };
  return { status: 400, body };
}
