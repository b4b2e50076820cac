import { arrange } from "../../../page/client/arrange.ts";
import { Composer } from "../../../page/client/composer.ts";
import { byId } from "../../../page/client/dom.ts";
import { EndInSight } from "../../../page/client/end-in-sight.ts";
import { drawExamples } from "../../../page/client/examples.ts";
import { follow, oneAtATime } from "../../../page/client/follow.ts";
import { sendJson } from "../../../page/client/send-json.ts";
import { Spoken } from "../../../page/client/spoken.ts";
import { replaceChanged } from "./replace-changed.ts";

const { channel = "", user = "" } = document.body.dataset;
const messages = byId("messages", HTMLElement);
const notice = byId("notice", HTMLElement);
const form = byId("composer", HTMLFormElement);
const spoken = new Spoken(byId("spoken", HTMLElement));
const end = new EndInSight(messages);
const PAGE = 100;
let shown = PAGE;

const composer = new Composer(form, (text) => attempt("send", { channel, text }));

/** Does something as the person one is; false when it was refused, and then it is said why. */
async function attempt(what: "send" | "press" | "choose", sent: object): Promise<boolean> {
  const { error } = await sendJson(`/page/${what}`, { user, ...sent });
  tell(error);
  return error === null;
}

function tell(error: string | null): void {
  notice.hidden = error === null;
  notice.textContent = error ?? "";
}

/** The page as it would be loaded now; what differs takes the place of what is shown. */
const refresh = oneAtATime(async () => {
  const asked = new URLSearchParams({ channel, user, shown: String(shown) });
  const answered = await fetch(`/?${asked}`).then(
    (response) => response.text(),
    () => null,
  );
  if (answered === null) return tell("The sandbox cannot be reached.");
  const fresh = new DOMParser().parseFromString(answered, "text/html").getElementById("messages");
  if (fresh) draw([...fresh.children]);
});

function draw(fresh: readonly Element[]): void {
  arrange(messages, replaceChanged(messages, fresh));
  ready();
  end.keep();
}

/** What is new on the page: boxes for replies, and words for those who listen. */
function ready(): void {
  for (const reply of messages.querySelectorAll<HTMLFormElement>("form.reply:empty")) {
    const { thread = "", name = "" } = reply.dataset;
    const box = new Composer(reply, (text) => attempt("send", { channel: thread, text }));
    box.label({ name: `Reply in ${name}`, hint: "Reply …", refusal: null });
  }
  const said = [...messages.querySelectorAll("article")].map((article) => ({
    id: article.id,
    words: article.textContent.replaceAll(/\s+/g, " "),
  }));
  spoken.tell(said, String(shown));
}

function start(): void {
  const examples: unknown = JSON.parse(form.dataset.examples ?? "[]");
  const texts = Array.isArray(examples) ? examples.map(String) : [];
  const name = `Message #${form.dataset.name ?? ""}`;
  const [first] = texts;
  composer.label({ name, hint: first ? `${name}, or ${first}` : name, refusal: null });
  drawExamples(byId("examples", HTMLElement), texts, (text) => composer.fill(text));
  messages.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLButtonElement)) return;
    const { message, press: customId } = event.target.dataset;
    if (message && customId) void attempt("press", { message, customId });
    if (event.target.id === "earlier") showEarlier();
  });
  messages.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || target.value === "") return;
    const { message, choose: menu } = target.dataset;
    if (message && menu) void attempt("choose", { message, menu, values: [target.value] });
  });
  byId("who", HTMLSelectElement).addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement)
      location.search = String(new URLSearchParams({ channel, user: target.value }));
  });
  end.keep();
  ready();
  follow(() => void refresh(), tell);
}

function showEarlier(): void {
  shown += PAGE;
  // The button may go, and the focus must not go with it.
  messages.focus();
  void refresh();
}

start();
