import type { Channel, Server } from "../server/server.ts";
import { drawMessage, isSeen } from "./draw-message.ts";
import { escapeHtml } from "./render-markdown.ts";

export interface Looking {
  /** The id of the channel; the first one when there is no such. */
  channel: string | null;
  /** The id of the person who looks; the first one when there is no such. */
  user: string | null;
  /** The most messages that are shown: the latest. */
  shown: number;
}

const STYLES = ["page/client/common.css", "discord/page/client/page.css"];

/** A channel as one person sees it in Discord, whole; its script draws it anew after what happens. */
export function page(server: Server, looking: Looking): string {
  const people = [...server.users.values()].filter(({ bot }) => bot !== true);
  const me = people.find(({ id }) => id === looking.user)?.id ?? people[0]?.id ?? "";
  const channels = [...server.channels.values()].filter(
    ({ parent, recipient }) => parent === null && (recipient === null || recipient === me),
  );
  const here = channels.find(({ id }) => id === looking.channel) ?? channels[0];
  const guild = escapeHtml(server.guild.name);
  const links = channels.map((channel) => {
    const current = channel === here ? ' aria-current="page"' : "";
    return `<a href="/?channel=${channel.id}&amp;user=${me}"${current}>${titleOf(server, channel)}</a>`;
  });
  const options = people.map(
    ({ id, name }) =>
      `<option value="${id}"${id === me ? " selected" : ""}>${escapeHtml(name)}</option>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(here?.name ?? "")} · ${guild}</title>
${STYLES.map((path) => `<link rel="stylesheet" href="/assets/${path}">`).join("\n")}
<script type="module" src="/assets/discord/page/client/main.ts"></script></head>
<body data-channel="${here?.id ?? ""}" data-user="${me}">
<a class="skip" href="#composer">Skip to the message box</a>
<p id="spoken" class="unseen" aria-live="polite"></p>
<nav aria-label="Channels"><div class="guild">${guild}</div><div class="channels">${links.join("")}</div>
<label class="who-am-i">You are <select id="who">${options.join("")}</select></label></nav>
<main><header><h1>${here ? titleOf(server, here) : ""}</h1></header>
<div id="notice" role="alert" hidden></div>
<section id="messages" aria-label="Messages" tabindex="0">${here ? drawChannel(server, here, { ...looking, user: me }) : ""}</section>
<div id="examples" class="examples" role="group" aria-label="Examples"></div>
<form id="composer" class="composer" data-name="${escapeHtml(here?.name ?? "")}" data-examples="${escapeHtml(JSON.stringify(server.examples))}"></form></main>
<noscript>This page needs its script to send messages.</noscript>
</body></html>`;
}

function drawChannel(server: Server, here: Channel, looking: Looking & { user: string }): string {
  const seen = server.messages.in(here.id).filter((message) => isSeen(message, looking.user));
  if (seen.length === 0)
    return `<div id="nothing"><p>Nothing has been said here yet.</p><p>${escapeHtml(here.topic)}</p></div>`;
  const latest = seen.slice(-looking.shown);
  const earlier =
    latest.length < seen.length
      ? '<button type="button" id="earlier" class="button">Show earlier</button>'
      : "";
  return earlier + latest.map((message) => drawMessage(server, message, looking.user)).join("");
}

/** A direct message is called after whom one writes to. */
function titleOf(server: Server, { name, recipient }: Channel): string {
  return recipient === null ? `# ${escapeHtml(name)}` : escapeHtml(`@ ${server.bot.name}`);
}
