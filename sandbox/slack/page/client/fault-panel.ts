import { isObject, type Json, type JsonObject, objectsOf } from "../../../json.ts";
import { byId, element } from "../../../page/client/dom.ts";

/** What can be planned from the page: the usual ones. Everything else goes over HTTP or a test. */
const PRESETS: Readonly<Record<string, readonly (readonly [string, JsonObject])[]>> = {
  call: [
    ["429, try again in 7 s", { kind: "limited", retryAfterS: 7 }],
    ["429 without Retry-After", { kind: "limited" }],
    ["500", { kind: "status", status: 500 }],
    ["502 after it took effect", { kind: "status", status: 502, afterEffect: true }],
    ["connection reset", { kind: "reset" }],
    ["connection reset after it took effect", { kind: "reset", afterEffect: true }],
    ["never answers", { kind: "hang" }],
    ["20 bytes a second", { kind: "slow", bytesPerSecond: 20 }],
    ...["missing_scope", "not_in_channel", "channel_not_found", "is_archived", "token_revoked"].map(
      (error) => [error, { kind: "error", error }] as const,
    ),
  ],
  delivery: [
    ["lost: only a retry arrives", { kind: "lost" }],
    ["comes twice", { kind: "twice" }],
    ["overtaken by the next", { kind: "overtaken", by: 1 }],
    ["two seconds late", { kind: "delayed", ms: 2000 }],
    ["trigger expired", { kind: "expired_trigger" }],
    ["response address used up", { kind: "used_response_url" }],
    ["response address expired", { kind: "expired_response_url" }],
  ],
  file: [
    ["type comes after three looks", { kind: "late_mimetype", looks: 3 }],
    ["shares come after three looks", { kind: "late_shares", looks: 3 }],
  ],
};

interface Planned {
  planned: readonly JsonObject[];
  places: readonly JsonObject[];
}

/** Opens the panel that plans faults and lists what is planned. */
export async function openFaults(): Promise<void> {
  const dialog = byId("faults", HTMLDialogElement);
  draw(dialog, await ask("GET"));
  dialog.showModal();
}

async function ask(method: "GET" | "POST" | "DELETE", sent?: object): Promise<Planned> {
  const response = await fetch("/faults", {
    method,
    ...(sent
      ? { headers: { "content-type": "application/json" }, body: JSON.stringify(sent) }
      : {}),
  });
  const body = (await response.json()) as Json;
  const read = (list: Json | undefined) => objectsOf(list);
  return isObject(body)
    ? { planned: read(body.planned), places: read(body.places) }
    : { planned: [], places: [] };
}

function draw(dialog: HTMLDialogElement, known: Planned): void {
  const list = element("ul", { class: "planned", "aria-live": "polite" }, ...lines(known));
  const plan = async (method: "POST" | "DELETE", sent?: object) =>
    list.replaceChildren(...lines(await ask(method, sent)));
  const close = element("button", { class: "cross", "aria-label": "Close" }, "×");
  const title = element("h2", { id: "faults-title" }, "Break something");
  const form = element(
    "form",
    { method: "dialog" },
    element("header", { class: "dialog-head" }, title, close),
    element(
      "div",
      { class: "dialog-body" },
      ...drawChoice(known.places, (chosen) => plan("POST", chosen)),
      list,
    ),
    element(
      "footer",
      { class: "dialog-foot" },
      drawButton("Clear all", () => plan("DELETE")),
    ),
  );
  dialog.replaceChildren(form);
}

interface Chosen {
  place: string;
  fault: JsonObject | undefined;
  times: 1 | "always";
}

/** Where, what, and how often; what is offered follows from where. */
function drawChoice(
  places: readonly JsonObject[],
  plan: (chosen: Chosen) => Promise<void>,
): HTMLElement[] {
  const place = element(
    "select",
    { class: "control menu", id: "fault-place" },
    ...places.map((one) => element("option", { value: String(one.place) }, String(one.place))),
  );
  const fault = element("select", { class: "control menu", id: "fault-kind" });
  const offered = () =>
    PRESETS[String(places.find((one) => one.place === place.value)?.group)] ?? [];
  const offer = () =>
    fault.replaceChildren(
      ...offered().map(([label], index) => element("option", { value: index }, label)),
    );
  const chosen = (times: 1 | "always") =>
    plan({ place: place.value, fault: offered()[Number(fault.value)]?.[1], times });
  place.addEventListener("change", offer);
  offer();
  const buttons = [
    drawButton("The next time", () => chosen(1)),
    drawButton("Always", () => chosen("always")),
  ];
  return [
    field("Where", place),
    field("What", fault),
    element("div", { class: "block-actions" }, ...buttons),
  ];
}

function drawButton(label: string, act: () => Promise<void>): HTMLElement {
  const button = element("button", { type: "button", class: "button" }, label);
  button.addEventListener("click", () => void act());
  return button;
}

function field(label: string, control: HTMLElement): HTMLElement {
  const name = element("label", { class: "label", for: control.id }, label);
  return element("div", { class: "block-input" }, name, control);
}

function lines({ planned }: Planned): HTMLElement[] {
  if (planned.length === 0) return [element("li", {}, "Nothing is planned.")];
  return objectsOf(planned).map(({ place, fault, left }) => {
    const times = left === "always" ? "always" : `${String(left)} more`;
    return element("li", {}, `${String(place)}: ${JSON.stringify(fault)}, ${times}`);
  });
}
