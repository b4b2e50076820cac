import { isObject, type JsonObject, objectsOf, textOf } from "../../json.ts";
import type { Attachment, Message } from "../server/message.ts";
import type { Server } from "../server/server.ts";
import { checkMessage, isEmpty } from "./check-message.ts";
import { type Answer, invalidForm, type Request, refusals } from "./exchange.ts";
import type { FormFault } from "./form-fault.ts";

/**
 * What a body makes of a message: of a new one (`before` null) all, of another one the parts that it
 * names. A fault is told to the caller and noted as a problem.
 */
export function messageChange(
  server: Server,
  request: Request,
  before: Message | null,
): { change: Partial<Message> } | { refused: Answer } {
  const where = `${request.method} ${request.path}`;
  const { body, files } = request;
  if (body === null) {
    server.problems.push({ where, what: "a body that is no JSON object" });
    return { refused: refusals.badJson };
  }
  const faults = checkMessage(body, files.size);
  if (faults.length > 0) return { refused: refuseForm(server, where, faults) };
  if (before === null && isEmpty(body, files.size)) {
    server.problems.push({ where, what: "an empty message" });
    return { refused: refusals.emptyMessage };
  }
  return {
    change: {
      ...(body.content === undefined ? {} : { content: textOf(body.content) }),
      ...(body.embeds === undefined ? {} : { embeds: objectsOf(body.embeds) }),
      ...(body.components === undefined ? {} : { components: objectsOf(body.components) }),
      ...(body.attachments === undefined
        ? {}
        : { attachments: attachmentsOf(server, request, body, before) }),
      allowedMentions: isObject(body.allowed_mentions) ? body.allowed_mentions : null,
    },
  };
}

/** Refuses a body, and notes each of its faults as a problem. */
export function refuseForm(server: Server, where: string, faults: readonly FormFault[]): Answer {
  for (const { at, message } of faults) server.problems.push({ where, what: `${at}: ${message}` });
  return invalidForm(faults);
}

/** The list names what stays, by its id, and what is new, by the number of its file. */
function attachmentsOf(
  server: Server,
  { files }: Request,
  body: JsonObject,
  before: Message | null,
): Attachment[] {
  return objectsOf(body.attachments).flatMap((named) => {
    const kept = before?.attachments.find(({ id }) => id === String(named.id));
    if (kept) return [kept];
    const file = files.get(Number(named.id));
    if (!file) return [];
    const description = textOf(named.description);
    return [{ id: server.nextId(), filename: file.name, description, bytes: file.bytes }];
  });
}
