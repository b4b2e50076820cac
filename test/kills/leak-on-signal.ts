/**
 * Loaded into a process before the program. From SIGUSR2 on it holds nearly all of the heap, little by
 * little, and at SIGQUIT it asks for more than there is, at once.
 */
import v8 from "node:v8";

/** More than the program takes for short (src/watch-memory.ts), and some left to go on with. */
const HELD = 0.92;

const held: unknown[] = [];
const hold = (): void => {
  // A megabyte of numbers, which lies in the heap; a Buffer does not.
  held.push(new Array<number>(2 ** 17).fill(Math.random()));
};

process.on("SIGUSR2", () => {
  setInterval(() => {
    const { used_heap_size, heap_size_limit } = v8.getHeapStatistics();
    if (used_heap_size < HELD * heap_size_limit) hold();
  }, 1).unref();
});
process.on("SIGQUIT", () => {
  for (;;) hold();
});
