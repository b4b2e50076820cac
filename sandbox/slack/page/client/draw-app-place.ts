import { byId, element } from "../../../page/client/dom.ts";
import type { PageView } from "../view.ts";
import { drawBlock } from "./draw-blocks.ts";
import { viewDrawing } from "./view-drawing.ts";

/** The tabs of the app's own place, and its Home instead of the messages when that is looked at. */
export function drawAppPlace(
  page: PageView,
  isHome: boolean,
  openTab: (tab: "home" | "messages") => void,
  say: (what: string | null) => void,
): void {
  const isApp = page.channel?.kind === "im";
  const tabs = byId("tabs", HTMLElement);
  const home = byId("home", HTMLElement);
  tabs.hidden = !isApp;
  home.hidden = !(isApp && isHome);
  for (const id of ["messages", "examples", "composer"])
    byId(id, HTMLElement).hidden = !home.hidden;
  drawTabs(tabs, isHome, openTab);
  const { id = "", hash = "" } = page.home ?? {};
  const drawn = `${id} ${hash} ${home.hidden}`;
  if (home.dataset.drawn === drawn) return;
  home.dataset.drawn = drawn;
  if (home.hidden) return;
  const { home: shown } = page;
  if (!shown) {
    home.replaceChildren(element("p", { class: "nothing" }, "The app shows nothing here yet."));
    return;
  }
  const drawing = viewDrawing(shown, page.user, page, home, say);
  const body = element("div", { class: "body" });
  body.append(...shown.blocks.map((block) => drawBlock(block, drawing)));
  home.replaceChildren(body);
}

function drawTabs(
  tabs: HTMLElement,
  isHome: boolean,
  openTab: (tab: "home" | "messages") => void,
): void {
  if (tabs.childElementCount === 0) {
    for (const tab of ["home", "messages"] as const) {
      const label = tab === "home" ? "Home" : "Messages";
      const button = element("button", { type: "button", "data-tab": tab }, label);
      button.addEventListener("click", () => openTab(tab));
      tabs.append(button);
    }
  }
  for (const button of tabs.children) {
    const isCurrent = button.getAttribute("data-tab") === (isHome ? "home" : "messages");
    button.setAttribute("aria-current", String(isCurrent));
  }
}
