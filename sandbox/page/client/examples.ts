import { element } from "./dom.ts";

/** What a newcomer may type, as buttons that put it into the box; they send nothing. */
export function drawExamples(
  place: HTMLElement,
  examples: readonly string[],
  fill: (text: string) => void,
): void {
  const drawn = examples.join("\n");
  if (place.dataset.drawn === drawn) return;
  place.dataset.drawn = drawn;
  place.hidden = examples.length === 0;
  const buttons = examples.map((example) => {
    const button = element("button", { type: "button" }, example);
    button.addEventListener("click", () => fill(example));
    return button;
  });
  place.replaceChildren(element("span", {}, "Try"), ...buttons);
}
