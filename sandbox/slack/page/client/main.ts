import { Composer } from "../../../page/client/composer.ts";
import { byId, element } from "../../../page/client/dom.ts";
import { drawExamples } from "../../../page/client/examples.ts";
import { follow, oneAtATime } from "../../../page/client/follow.ts";
import { type Said, Spoken } from "../../../page/client/spoken.ts";
import type { MessageView, PageView } from "../view.ts";
import { addressOf, type Place, readPlace } from "./address.ts";
import { drawAppPlace } from "./draw-app-place.ts";
import type { MessageActions } from "./draw-message.ts";
import { drawMrkdwn, type Names } from "./draw-mrkdwn.ts";
import { drawSidebar, entryParts } from "./draw-sidebar.ts";
import { openFaults } from "./fault-panel.ts";
import { MessageList } from "./message-list.ts";
import { Modal } from "./modal.ts";
import { act, fetchView, suggestFor } from "./server.ts";

let place = readPlace();
let view: PageView | null = null;
/** The most messages of a channel that are drawn: its latest. */
const PAGE = 100;
let shown = PAGE;

const notice = byId("notice", HTMLDivElement);
const modal = new Modal();
const actions: MessageActions = {
  async act(message, act) {
    await attempt("click", { message, ...act });
  },
  suggest: (message, typed) => suggestFor("suggest", { ...here(), message, ...typed }),
  async useShortcut(message, callbackId) {
    await attempt("shortcut", { message, callbackId });
  },
  openThread(ts) {
    go({ ...place, thread: ts });
    threadComposer.focus();
  },
};
const messages = new MessageList(byId("messages", HTMLElement), actions, false);
const threadMessages = new MessageList(byId("thread-messages", HTMLElement), actions, true);
const earlier = element("button", { type: "button", class: "button earlier" }, "Show earlier");
const spoken = new Spoken(byId("spoken", HTMLElement));
const spokenInThread = new Spoken(byId("spoken", HTMLElement));
const composer = new Composer(byId("composer", HTMLFormElement), (text) =>
  attempt("send", { text }),
);
const threadComposer = new Composer(byId("thread-composer", HTMLFormElement), (text) =>
  attempt("send", { text, thread: place.thread }),
);

/** Does something as the person one is, in the channel one looks at; false when it was refused. */
async function attempt(what: "send" | "click" | "shortcut", sent: object): Promise<boolean> {
  const error = await act(what, { ...here(), ...sent });
  tell(error);
  return error === null;
}

function here(): { channel: string; user: string } {
  return { channel: view?.channel?.id ?? "", user: view?.user ?? "" };
}

function tell(error: string | null): void {
  notice.hidden = error === null;
  notice.textContent = error ?? "";
}

function go(to: Place): void {
  if (to.channel !== place.channel || to.user !== place.user) shown = PAGE;
  place = to;
  history.pushState(null, "", addressOf(to));
  tell(null);
  void refresh();
}

const refresh = oneAtATime(async () => {
  const asked = place;
  const answered = await fetchView(asked, shown);
  // While the answer was on its way one may have gone elsewhere.
  if (asked !== place) void refresh();
  else if (answered) draw(answered);
  else tell("The sandbox cannot be reached.");
});

function draw(next: PageView): void {
  view = next;
  const { channel } = next;
  document.title = `${channel?.name ?? "?"} · ${next.team}`;
  drawSidebar(next, place, go);
  byId("channel-head", HTMLElement).replaceChildren(
    element("h1", {}, ...(channel ? entryParts(channel) : ["No such channel"])),
    element(
      "span",
      { class: "members" },
      channel && channel.kind !== "im" ? `${channel.members} members` : "",
    ),
  );
  const key = `${channel?.id} ${next.user}`;
  const before = next.earlier > 0 ? earlier : null;
  messages.show(next.messages, next, { key, before, empty: drawEmpty(next) });
  spoken.tell(saidIn(next.messages, next.names), `${key} ${shown}`);
  drawExamples(byId("examples", HTMLElement), next.refusal ? [] : next.examples, (text) =>
    composer.fill(text),
  );
  const [example = ""] = next.examples;
  const name = `Message ${channel?.name ?? ""}`;
  composer.label({ name, hint: example ? `${name}, or ${example}` : name, refusal: next.refusal });
  drawThread(next);
  drawAppPlace(next, place.tab === "home", openTab, tell);
  modal.show(next.modal, next.user, next);
}

function drawThread(view: PageView): void {
  const { thread, app, refusal } = view;
  byId("thread", HTMLElement).hidden = thread === null;
  document.body.classList.toggle("with-thread", thread !== null);
  const listed = { key: place.thread, before: null, empty: drawEmpty(view) };
  threadMessages.show(thread ?? [], view, listed);
  spokenInThread.tell(saidIn(thread ?? [], view.names), place.thread);
  threadComposer.label({ name: "Reply", hint: `Reply, or ask @${app} …`, refusal });
}

/** What a channel is for, where nothing has been said in it yet. */
function drawEmpty({ channel }: PageView): HTMLElement {
  const purpose = channel?.purpose ?? "";
  return element(
    "div",
    { class: "nothing" },
    element("p", {}, "Nothing has been said here yet."),
    purpose === "" ? null : element("p", {}, purpose),
  );
}

function saidIn(messages: readonly MessageView[], names: Names): Said[] {
  return messages.map(({ ts, author, text }) => ({
    id: ts,
    words: `${author.name}: ${drawMrkdwn(text, names).textContent}`,
  }));
}

/** The app hears that one has opened it, and may then publish what one sees. */
function openTab(tab: "home" | "messages"): void {
  go({ ...place, tab: tab === "home" ? tab : "", thread: "" });
  void act("open-app", { user: view?.user, tab });
}

/** Another person's own place with the app is not one's own: there one stays nowhere. */
function become(user: string): void {
  const channel = view?.channel?.kind === "im" ? "" : place.channel;
  go({ ...place, user, channel, tab: "" });
}

function closeThread(): void {
  if (place.thread === "") return;
  go({ ...place, thread: "" });
  composer.focus();
}

earlier.addEventListener("click", () => {
  shown += PAGE;
  // The button may go, and the focus must not go with it.
  byId("messages", HTMLElement).focus();
  void refresh();
});
byId("close-thread", HTMLButtonElement).addEventListener("click", closeThread);
document.addEventListener("keydown", (event) => {
  // What lies over the page is closed before what stands in it.
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) closeThread();
});
byId("who", HTMLSelectElement).addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement) become(event.target.value);
});
byId("channel-choice", HTMLSelectElement).addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement)
    go({ ...place, channel: event.target.value, thread: "", tab: "" });
});
addEventListener("popstate", () => {
  place = readPlace();
  void refresh();
});
byId("open-faults", HTMLButtonElement).addEventListener("click", () => void openFaults());
follow(() => void refresh(), tell);
