import type { PageView } from "../view.ts";
import { addressOf, type Place, readPlace } from "./address.ts";
import { Composer } from "./composer.ts";
import { byId, element } from "./dom.ts";
import { drawAppPlace } from "./draw-app-place.ts";
import type { MessageActions } from "./draw-message.ts";
import { drawSidebar, entryParts } from "./draw-sidebar.ts";
import { openFaults } from "./fault-panel.ts";
import { MessageList } from "./message-list.ts";
import { Modal } from "./modal.ts";
import { act, fetchView, listen, suggestFor } from "./server.ts";

let place = readPlace();
let view: PageView | null = null;
let asking = false;
let askAgain = false;

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
  place = to;
  history.pushState(null, "", addressOf(to));
  tell(null);
  void refresh();
}

/** One question at a time; what happens meanwhile is asked for right after. */
async function refresh(): Promise<void> {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  try {
    do {
      askAgain = false;
      await ask();
    } while (askAgain);
  } finally {
    asking = false;
  }
}

async function ask(): Promise<void> {
  const asked = place;
  const answered = await fetchView(asked);
  // While the answer was on its way one may have gone elsewhere.
  if (asked !== place) askAgain = true;
  else if (answered) draw(answered);
  else tell("The sandbox cannot be reached.");
}

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
  messages.show(next.messages, next, `${channel?.id} ${next.user}`);
  const [command = ""] = next.commands;
  composer.label(`Message ${channel?.name ?? ""}, or ${command} …`, next.refusal);
  byId("thread", HTMLElement).hidden = next.thread === null;
  document.body.classList.toggle("with-thread", next.thread !== null);
  threadMessages.show(next.thread ?? [], next, place.thread);
  threadComposer.label("Reply …", next.refusal);
  drawAppPlace(next, place.tab === "home", openTab, tell);
  modal.show(next.modal, next.user, next);
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
let lost = false;
listen(
  () => void refresh(),
  (isConnected) => {
    if (!isConnected) tell("The connection to the sandbox is lost; trying again …");
    else if (lost) tell(null);
    lost = !isConnected;
  },
);
