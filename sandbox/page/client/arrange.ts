/**
 * Puts nodes into a place in this order, and takes out what is not among them. What stands right is
 * not touched: it keeps the focus, its scrolling and what has been typed in it.
 */
export function arrange(place: Element, nodes: readonly Node[]): void {
  const wanted = new Set(nodes);
  for (const child of [...place.childNodes]) if (!wanted.has(child)) child.remove();
  let next = place.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else place.insertBefore(node, next);
  }
}
