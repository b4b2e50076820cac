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
  const buttons = examples.map((example) => {
    const button = element("button", { type: "button" }, example);
    button.addEventListener("click", () => fill(example));
    return button;
  });
  const words = buttons.length > 0 ? [element("span", {}, "Try")] : [];
  place.replaceChildren(...words, ...buttons);
}
