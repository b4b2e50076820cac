import { objectsOf, textOf } from "../json.ts";
import type { Message } from "../server/message.ts";
import type { Server } from "../server/server.ts";
import { timeOf } from "../server/snowflakes.ts";
import { messagesOf } from "../transcript.ts";
import { escapeHtml, renderMarkdown } from "./render-markdown.ts";
import { STYLE } from "./style.ts";

/** A channel as Discord shows it, drawn anew at each request; `refresh` reloads it every two seconds. */
export function page(server: Server, channelId: string | null, refresh: boolean): string {
  const channels = [...server.channels.values()].filter(({ parent }) => parent === null);
  const shown = channels.find(({ id }) => id === channelId) ?? channels[0];
  const links = channels.map(
    ({ id, name }) =>
      `<a class="${id === shown?.id ? "here" : ""}" href="/?channel=${id}"># ${escapeHtml(name)}</a>`,
  );
  const messages = shown
    ? messagesOf(server, shown.id).map((message) => withThread(server, message))
    : [];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>${escapeHtml(server.guild.name)}</title>
${refresh ? '<meta http-equiv="refresh" content="2">' : ""}
<style>${STYLE}</style></head><body>
<nav><h1>${escapeHtml(server.guild.name)}</h1>${links.join("")}</nav>
<main><header># ${escapeHtml(shown?.name ?? "")}</header><section>${messages.join("")}</section></main>
</body></html>`;
}

function withThread(server: Server, message: Message): string {
  const thread = server.channels.get(message.id);
  if (!thread) return article(server, message);
  const replies = messagesOf(server, thread.id).filter(({ type }) => type !== 21);
  const name = `<h4>${escapeHtml(thread.name)}</h4>`;
  const inside = replies.map((reply) => article(server, reply)).join("");
  return `${article(server, message)}<aside>${name}${inside}</aside>`;
}

function article(server: Server, message: Message): string {
  const author = server.users.get(message.author);
  const name = escapeHtml(author?.name ?? message.author);
  const asker = message.askedBy === null ? "" : server.users.get(message.askedBy)?.name;
  const time = timeOf(message.id).toISOString().slice(11, 16);
  return `<article class="${message.visibleTo === null ? "" : "hidden"}">
${asker ? `<div class="asked">${escapeHtml(asker)} used <b>/kpi</b></div>` : ""}
<span class="face">${escapeHtml((author?.name ?? "?").slice(0, 1).toUpperCase())}</span>
<div><div class="who"><b>${name}</b>${author?.bot ? '<span class="app">APP</span>' : ""}<time>${time}</time></div>
${message.thinking ? `<p class="thinking">${name} is thinking…</p>` : renderMarkdown(message.content)}
${message.edited ? '<span class="edited">(edited)</span>' : ""}
${message.attachments.map((file) => `<img alt="${escapeHtml(file.description)}" src="/attachments/${file.id}/${encodeURIComponent(file.filename)}">`).join("")}
${message.embeds.map((embed) => `<div class="embed">${renderMarkdown(textOf(embed.description))}</div>`).join("")}
${message.components
  .map(
    (row) =>
      `<div class="row">${objectsOf(row.components)
        .map(
          ({ label, style }) =>
            `<button class="s${String(style)}">${escapeHtml(textOf(label))}</button>`,
        )
        .join("")}</div>`,
  )
  .join("")}
${message.visibleTo === null ? "" : `<div class="only">Only ${escapeHtml(server.users.get(message.visibleTo)?.name ?? "")} can see this</div>`}
</div></article>`;
}
