/** What stops each part, in the order in which the parts were started. */
export type Stops = (() => Promise<unknown>)[];

/** Stops each part before those that it was built on; what one throws keeps none from stopping. */
export async function stopInReverse(stops: Stops): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of stops.splice(0).reverse())
    await stop().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
