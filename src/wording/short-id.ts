/** Of a delivery's id what a person types: enough to tell those of some weeks apart. */
export function shortId(id: string): string {
  return id.slice(0, 6);
}
