import { typeOfName } from "../../http/download.ts";
import { type JsonObject, objectsOf, textOf } from "../../json.ts";
import type { Message } from "../server/message.ts";
import type { Server } from "../server/server.ts";
import { timeOf } from "../server/snowflakes.ts";
import { escapeHtml, renderMarkdown } from "./render-markdown.ts";

/** A message and, below it, its thread, as HTML in which all that anybody wrote is text. */
export function drawMessage(server: Server, message: Message, looking: string): string {
  const thread = server.channels.get(message.id);
  const own = drawArticle(server, message);
  if (!thread) return own;
  const replies = server.messages
    .in(thread.id)
    .filter((reply) => reply.type !== 21 && isSeen(reply, looking));
  const name = escapeHtml(thread.name);
  const state = thread.archived ? ' <span class="state">archived</span>' : "";
  return `${own}<aside id="thread-${thread.id}" aria-label="Thread ${name}">
<h2>${name}${state}</h2>
<div class="replies">${replies.map((reply) => drawArticle(server, reply)).join("")}</div>
<form class="composer reply" data-thread="${thread.id}" data-name="${name}"></form></aside>`;
}

/** Whether a person sees it: what only one sees, the others do not. */
export function isSeen({ visibleTo }: Message, looking: string): boolean {
  return visibleTo === null || visibleTo === looking;
}

function drawArticle(server: Server, message: Message): string {
  const author = server.users.get(message.author);
  const name = escapeHtml(author?.name ?? message.author);
  const time = timeOf(message.id).toISOString().slice(11, 16);
  const look = message.visibleTo === null ? "" : "hidden";
  return `<article id="message-${message.id}" class="${look}" aria-label="${name} at ${time}">
${drawAsker(server, message)}
<span class="face" aria-hidden="true">${escapeHtml((author?.name ?? "?").slice(0, 1).toUpperCase())}</span>
<div class="said"><div class="who"><b>${name}</b>${author?.bot ? '<span class="app">APP</span>' : ""}<time>${time}</time></div>
${message.thinking ? `<p class="thinking">${name} is thinking…</p>` : renderMarkdown(message.content)}
${message.edited ? '<span class="edited">(edited)</span>' : ""}
${message.attachments.map(drawAttachment).join("")}
${message.embeds.map(({ description }) => `<div class="embed">${renderMarkdown(textOf(description))}</div>`).join("")}
${message.components.map((row) => drawRow(message, objectsOf(row.components))).join("")}
${message.visibleTo === null ? "" : '<div class="only">Only you can see this</div>'}
</div></article>`;
}

function drawAsker(server: Server, { askedBy }: Message): string {
  const asker = askedBy === null ? undefined : server.users.get(askedBy);
  return asker ? `<div class="asked">${escapeHtml(asker.name)} used <b>/kpi</b></div>` : "";
}

function drawAttachment({ id, filename, description }: Message["attachments"][number]): string {
  const address = `/attachments/${id}/${encodeURIComponent(filename)}`;
  if (typeOfName(filename) !== "image/png")
    return `<a class="file" href="${address}" download>${escapeHtml(filename)}</a>`;
  return `<a class="picture" href="${address}" target="_blank"><img alt="${escapeHtml(description)}" src="${address}"></a>`;
}

/** Buttons act, and so do menus of texts; those of people and channels are shown by their words, since only a test can choose in them. */
function drawRow(message: Message, components: ReturnType<typeof objectsOf>): string {
  const drawn = components.map((one) => {
    if (one.type === 2) return drawButton(message, one);
    if (one.type === 3) return drawMenu(message, one);
    return `<span class="menu">${escapeHtml(textOf(one.placeholder) || "menu")}</span>`;
  });
  return `<div class="row">${drawn.join("")}</div>`;
}

function drawButton(
  { id }: Message,
  { label, style, disabled, custom_id, url }: JsonObject,
): string {
  const words = escapeHtml(textOf(label));
  if (typeof url === "string" && /^https?:/i.test(url))
    return `<a class="button" href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${words}</a>`;
  const off = disabled === true ? " disabled" : "";
  return `<button type="button" class="button s${Number(style)}" data-message="${id}" data-press="${escapeHtml(textOf(custom_id))}"${off}>${words}</button>`;
}

/** One choice is made and told at once, as Discord's client does where no more are allowed. */
function drawMenu(
  { id }: Message,
  { placeholder, options, disabled, custom_id }: JsonObject,
): string {
  const words = escapeHtml(textOf(placeholder) || "Make a selection");
  const choices = objectsOf(options).map(
    ({ label, value }) =>
      `<option value="${escapeHtml(textOf(value))}">${escapeHtml(textOf(label))}</option>`,
  );
  const off = disabled === true ? " disabled" : "";
  return `<select class="menu" aria-label="${words}" data-message="${id}" data-choose="${escapeHtml(textOf(custom_id))}"${off}><option value="">${words}</option>${choices.join("")}</select>`;
}
