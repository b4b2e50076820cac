import type { Route } from "../../http/serve.ts";
import { htmlResponse } from "../../page/html-response.ts";
import { escapeText } from "../text/escape.ts";
import type { Workspace } from "../workspace/workspace.ts";

const OWN_STYLES = ["frame", "message", "blocks", "forms", "data"];
const STYLES = ["page/client/common", ...OWN_STYLES.map((name) => `slack/page/client/${name}`)];

/** The page's frame. All that people and the bot wrote is put in by the script, as text. */
export function shellRoute(workspace: Workspace): Route {
  const body = shell(workspace.team.name);
  return ({ method, url }) =>
    url.pathname === "/" && method === "GET" ? htmlResponse(body) : null;
}

function shell(team: string): string {
  const styles = STYLES.map((name) => `<link rel="stylesheet" href="/assets/${name}.css">`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(team)}</title>
<link rel="icon" href="/assets/slack/page/client/icon.svg">
${styles.join("\n")}
<script type="module" src="/assets/slack/page/client/main.ts"></script>
</head><body>
<a class="skip" href="#composer">Skip to the message box</a>
<p id="spoken" class="unseen" aria-live="polite"></p>
<nav id="sidebar" aria-label="Channels">
  <div class="team">${escapeText(team)}</div>
  <ul id="channels"></ul>
  <label class="channel-choice">Channel <select id="channel-choice"></select></label>
  <button type="button" id="open-faults" aria-label="Break something"><span aria-hidden="true">⚠</span> <span class="words">Break something …</span></button>
  <label class="who">You are <select id="who"></select></label>
</nav>
<main id="main">
  <header id="channel-head"></header>
  <div id="notice" role="alert" hidden></div>
  <nav id="tabs" aria-label="The app" hidden></nav>
  <section id="home" aria-label="Home" tabindex="0" hidden></section>
  <section id="messages" aria-label="Messages" tabindex="0"></section>
  <div id="examples" class="examples" role="group" aria-label="Examples"></div>
  <form id="composer" class="composer"></form>
</main>
<aside id="thread" aria-label="Thread" hidden>
  <header class="thread-head"><h2>Thread</h2><button type="button" id="close-thread" aria-label="Close thread">×</button></header>
  <section id="thread-messages" aria-label="Thread messages" tabindex="0"></section>
  <form id="thread-composer" class="composer"></form>
</aside>
<dialog id="modal" aria-labelledby="modal-title"></dialog>
<dialog id="faults" aria-labelledby="faults-title"></dialog>
<noscript>This page needs its script to show messages.</noscript>
</body></html>
`;
}
