import { byId, element } from "../../../page/client/dom.ts";
import type { ChannelEntry, PageView } from "../view.ts";
import { addressOf, type Place } from "./address.ts";

/** The channels as links, or on a narrow page as a choice, and who one is. */
export function drawSidebar(view: PageView, place: Place, go: (place: Place) => void): void {
  const here = view.channel?.id;
  const links = view.channels.map((channel) => {
    const there = { ...place, channel: channel.id, thread: "", tab: "" };
    const current = channel.id === here ? "page" : undefined;
    const link = element(
      "a",
      { href: addressOf(there), "aria-current": current },
      ...entryParts(channel),
    );
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      go(there);
    });
    return element("li", {}, link);
  });
  byId("channels", HTMLUListElement).replaceChildren(...links);
  const choices = view.channels.map(({ id, kind, name, leadership }) => ({
    id,
    name: `${SIGNS[kind]} ${name}${leadership ? " (leadership)" : ""}`,
  }));
  fill(byId("channel-choice", HTMLSelectElement), choices, here ?? "");
  fill(byId("who", HTMLSelectElement), view.people, view.user);
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
