import { byId, element } from "../../../page/client/dom.ts";
import type { ChannelEntry, PageView } from "../view.ts";
import { addressOf, type Place } from "./address.ts";

/** The channels as links, or on a narrow page as a choice, and who one is. */
export function drawSidebar(view: PageView, place: Place, go: (place: Place) => void): void {
  const here = view.channel?.id ?? "";
  drawLinks(byId("channels", HTMLUListElement), { channels: view.channels, place, here }, go);
  const choices = view.channels.map(({ id, kind, name, leadership }) => ({
    id,
    name: `${SIGNS[kind]} ${name}${leadership ? " (leadership)" : ""}`,
  }));
  fill(byId("channel-choice", HTMLSelectElement), choices, here);
  fill(byId("who", HTMLSelectElement), view.people, view.user);
}

interface Links {
  readonly channels: readonly ChannelEntry[];
  readonly place: Place;
  readonly here: string;
}

/** Only what changed is drawn again: a link that is replaced loses the focus of who tabs through. */
function drawLinks(list: HTMLElement, links: Links, go: (place: Place) => void): void {
  const drawn = JSON.stringify(links);
  if (list.dataset.drawn === drawn) return;
  list.dataset.drawn = drawn;
  list.replaceChildren(...links.channels.map((channel) => linkTo(channel, links, go)));
}

function linkTo(channel: ChannelEntry, { place, here }: Links, go: (place: Place) => void): Node {
  const there = { ...place, channel: channel.id, thread: "", tab: "" };
  const current = channel.id === here ? "page" : undefined;
  const parts = entryParts(channel);
  const link = element("a", { href: addressOf(there), "aria-current": current }, ...parts);
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    go(there);
  });
  return element("li", {}, link);
}

const SIGNS = { channel: "#", group: "🔒", im: "●" } as const;

export function entryParts(channel: ChannelEntry): (Node | string)[] {
  return [
    element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[channel.kind]),
    element("span", { class: "entry-name" }, channel.name),
    ...(channel.leadership ? [mark("leadership", "★", "leadership channel")] : []),
    ...(channel.external ? [mark("external", "external", "shared with another organisation")] : []),
    ...(channel.archived ? [mark("archived", "archived", "archived")] : []),
  ];
}

function mark(kind: string, text: string, title: string): Node {
  return element("span", { class: `mark ${kind}`, title, "aria-label": title, role: "img" }, text);
}

/** Fills a choice without closing it under the hand that has it open. */
function fill(
  select: HTMLSelectElement,
  options: readonly { id: string; name: string }[],
  chosen: string,
): void {
  const json = JSON.stringify(options);
  if (select.dataset.options !== json) {
    select.dataset.options = json;
    select.replaceChildren(
      ...options.map(({ id, name }) => element("option", { value: id }, name)),
    );
  }
  select.value = chosen;
}
