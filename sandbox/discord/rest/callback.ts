import { isObject, type JsonObject, objectsOf, textOf } from "../../json.ts";
import { INTERACTION_TYPES, type Interaction } from "../server/interaction.ts";
import { FLAG_EPHEMERAL, type Message } from "../server/message.ts";
import { messagePayload } from "../server/payloads.ts";
import { revise } from "../server/post.ts";
import { checkChoices } from "./check-choices.ts";
import { checkModal } from "./check-modal.ts";
import { type Answer, refusals } from "./exchange.ts";
import { notAmong } from "./form-fault.ts";
import { messageChange, refuseForm } from "./message-change.ts";
import { postAnswer } from "./post-answer.ts";
import type { Call } from "./route.ts";

/**
 * The first answers that Discord knows: 4 a message, 5 "is thinking", 6 and 7 a change of the message
 * that was clicked, later or now, 8 choices for what is typed, 9 a modal.
 */
const TYPES: Readonly<Record<Interaction["kind"], readonly number[]>> = {
  command: [4, 5, 9],
  component: [4, 5, 6, 7, 9],
  autocomplete: [8],
  modal: [4, 5, 6, 7],
};

/** Takes the first answer to an interaction, once and in time. */
export function callback(call: Call): Answer {
  const { server, request, parts, origin } = call;
  const [id = "", token = ""] = parts;
  const interaction = server.interactions.get(token);
  if (interaction?.id !== id) return refusals.unknownInteraction;
  if (interaction.acknowledged) return refusals.acknowledged;
  const age = server.now().getTime() - interaction.createdAt;
  if (age > server.timing.ackMs) return refusals.unknownInteraction;
  const refused = answerWith(call, interaction);
  if (refused) return refused;
  interaction.acknowledged = true;
  server.feed.tell({ kind: "noted" });
  if (request.query.get("with_response") !== "true") return { status: 204 };
  const message = server.messages.find(interaction.original ?? "");
  const resource = {
    type: request.body?.type,
    ...(message ? { message: messagePayload(server, message, origin) } : {}),
  };
  return {
    status: 200,
    body: { interaction: { id, type: INTERACTION_TYPES[interaction.kind] }, resource },
  };
}

function answerWith(call: Call, interaction: Interaction): Answer | null {
  const { server, request } = call;
  const where = `${request.method} ${call.request.path}`;
  const type = Number(request.body?.type);
  const allowed = TYPES[interaction.kind].filter(
    (one) => interaction.source !== null || (one !== 6 && one !== 7),
  );
  if (!allowed.includes(type)) return refuseForm(server, where, [notAmong("type", allowed)]);
  const data = isObject(request.body?.data) ? request.body.data : {};
  switch (type) {
    case 4:
    case 7:
      return sayNow(call, interaction, data, type === 7);
    case 5:
      interaction.original = think(call, interaction, data).id;
      return null;
    case 6:
      interaction.original = interaction.source;
      return null;
    case 8:
      return offer(call, interaction, data);
    default:
      return openModal(call, interaction, data);
  }
}

function sayNow(
  { server, request, origin }: Call,
  interaction: Interaction,
  data: JsonObject,
  isChange: boolean,
): Answer | null {
  const source = isChange ? server.messages.find(interaction.source ?? "") : undefined;
  const read = messageChange(server, { ...request, body: data }, source ?? null);
  if ("refused" in read) return read.refused;
  const hidden = isHidden(data);
  const said = source
    ? revise(server, origin, source, { ...read.change, edited: true })
    : postAnswer(server, origin, interaction, hidden, read.change);
  interaction.original = said.id;
  return null;
}

function think({ server, origin }: Call, interaction: Interaction, data: JsonObject): Message {
  return postAnswer(server, origin, interaction, isHidden(data), { thinking: true });
}

function isHidden({ flags }: JsonObject): boolean {
  return (Number(flags ?? 0) & FLAG_EPHEMERAL) !== 0;
}

function offer({ server, request }: Call, interaction: Interaction, data: JsonObject) {
  const choices = objectsOf(data.choices);
  const faults = checkChoices(choices);
  if (faults.length > 0) return refuseForm(server, `${request.method} ${request.path}`, faults);
  interaction.choices = choices;
  return null;
}

function openModal({ server, request }: Call, interaction: Interaction, data: JsonObject) {
  const faults = checkModal(data);
  if (faults.length > 0) return refuseForm(server, `${request.method} ${request.path}`, faults);
  server.modals.set(interaction.user, {
    customId: textOf(data.custom_id),
    title: textOf(data.title),
    parts: objectsOf(data.components),
    channel: interaction.channel,
    source: interaction.source,
  });
  return null;
}
