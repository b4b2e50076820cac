import { arrange } from "../../../page/client/arrange.ts";

/**
 * What is to stand in a list: of each fresh thing the one that is shown already, where it is the
 * same, by its id. A thread keeps its box, in which somebody may be writing.
 */
export function replaceChanged(shown: Element, fresh: readonly Element[]): Element[] {
  const known = new Map([...shown.children].map((child) => [child.id, child]));
  return fresh.map((child) => {
    const before = known.get(child.id);
    if (!before) return child;
    if (before.isEqualNode(child)) return before;
    const [replies, freshReplies] = [repliesOf(before), repliesOf(child)];
    if (!replies || !freshReplies) return child;
    arrange(replies, replaceChanged(replies, [...freshReplies.children]));
    const [head, freshHead] = [before.querySelector("h2"), child.querySelector("h2")];
    if (head && freshHead) head.replaceWith(freshHead);
    return before;
  });
}

function repliesOf(thread: Element): Element | null {
  return thread.querySelector(":scope > .replies");
}
