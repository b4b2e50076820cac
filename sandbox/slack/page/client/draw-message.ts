import type { JsonObject } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import type { MessageView } from "../view.ts";
import { drawBlock } from "./draw-blocks.ts";
import { drawFile } from "./draw-image.ts";
import { drawMrkdwn } from "./draw-mrkdwn.ts";
import type { Drawing, ElementAct, Surroundings } from "./drawing.ts";
import { whileWaiting } from "./while-waiting.ts";

export interface MessageActions {
  act(message: string, act: ElementAct): Promise<void>;
  suggest(message: string, typed: ElementAct & { value: string }): Promise<readonly JsonObject[]>;
  useShortcut(message: string, callbackId: string): Promise<void>;
  openThread(ts: string): void;
}

/** `inThread`: without the line that opens the thread one is already in. */
export function drawMessage(
  message: MessageView,
  around: Surroundings,
  actions: MessageActions,
  inThread: boolean,
): HTMLElement {
  const content = element(
    "div",
    { class: "content" },
    drawHead(message),
    drawBody(message, around, actions, inThread),
  );
  if (!inThread && !message.ephemeral) content.append(drawThreadLine(message, actions));
  return element(
    "article",
    {
      class: message.ephemeral ? "message ephemeral" : "message",
      "data-ts": message.ts,
      "aria-label": `${message.author.name} at ${message.time}`,
    },
    drawAvatar(message),
    content,
    message.ephemeral ? null : drawShortcuts(message.ts, around, actions),
  );
}

/** The menu of a message; none where the app has no shortcuts. */
function drawShortcuts(
  ts: string,
  { shortcuts }: Surroundings,
  actions: MessageActions,
): HTMLElement | null {
  if (shortcuts.length === 0) return null;
  const menu = element(
    "select",
    { class: "menu shortcuts", "aria-label": "Message shortcuts" },
    element("option", { value: "" }, "…"),
    ...shortcuts.map(({ callbackId, name }) => element("option", { value: callbackId }, name)),
  );
  menu.addEventListener("change", () => {
    const callbackId = menu.value;
    menu.value = "";
    if (callbackId !== "") void whileWaiting(menu, actions.useShortcut(ts, callbackId));
  });
  return menu;
}

function drawAvatar({ author }: MessageView): HTMLElement {
  const [initial = "?"] = author.name;
  const shade = [...author.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;
  const look = `avatar ${author.kind} shade-${shade}`;
  return element("div", { class: look, "aria-hidden": "true" }, initial.toUpperCase());
}

function drawHead(message: MessageView): HTMLElement {
  const { author } = message;
  const mark = author.kind === "bot" ? element("span", { class: "badge" }, "APP") : null;
  return element(
    "div",
    { class: "head" },
    message.ephemeral ? element("div", { class: "only-you" }, "👁 Only visible to you") : null,
    element("strong", { class: "name" }, author.name),
    mark,
    element("time", {}, message.time),
  );
}

function drawBody(
  message: MessageView,
  around: Surroundings,
  actions: MessageActions,
  inThread: boolean,
): HTMLElement {
  const files = new Map(message.files.map((file) => [file.id, file]));
  const drawing: Drawing = {
    around,
    files,
    width: inThread || innerWidth <= 640 ? 320 : 560,
    act: (act) => actions.act(message.ts, act),
    suggest: (typed) => actions.suggest(message.ts, typed),
  };
  const body = element("div", { class: "body" });
  if (message.blocks.length > 0)
    body.append(...message.blocks.map((block) => drawBlock(block, drawing)));
  else body.append(element("div", { class: "text" }, drawMrkdwn(message.text, around.names)));
  for (const id of message.shared) {
    const file = files.get(id);
    if (file)
      body.append(
        element(
          "figure",
          { class: "block-image" },
          file.width === 0 ? null : element("figcaption", {}, file.title),
          drawFile(file, file.alt),
        ),
      );
  }
  if (message.edited) body.append(element("span", { class: "edited" }, "(edited)"));
  return body;
}

function drawThreadLine(message: MessageView, actions: MessageActions): HTMLElement {
  const { replies } = message;
  const label =
    replies === 0 ? "Reply in thread" : `${replies} ${replies === 1 ? "reply" : "replies"}`;
  const look = replies === 0 ? "thread-line start" : "thread-line";
  const line = element("button", { type: "button", class: look }, label);
  line.addEventListener("click", () => actions.openThread(message.thread ?? message.ts));
  return line;
}
