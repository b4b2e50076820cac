/** Whether the process is about to run out of memory, so that it can end well before it is ended. */
import v8 from "node:v8";
import type { Log } from "./log.ts";

export interface MemoryUse {
  /** `heap`: V8's own limit; `container`: that of the process and all that its libraries hold. */
  of: "heap" | "container";
  usedBytes: number;
  /** 0: there is none. */
  limitBytes: number;
}

/** V8 collects halfway between what lives and its limit at the latest: of so much, four fifths live. */
const SHORT_AT = 0.9;
const EVERY_MS = 2_000;
/** A burst, such as the pictures of a Monday, is over by the second look. */
const LOOKS = 2;

const MIB = 2 ** 20;

/** Resolves when memory has been short at looks that follow each other; the log is told, once. */
export function memoryShort(log: Log): Promise<"memory"> {
  return new Promise((done) => {
    let looks = 0;
    const look = (): void => {
      const short = shortOf(memoryInUse());
      looks = short === null ? 0 : looks + 1;
      if (short === null || looks < LOOKS) return;
      clearInterval(timer);
      const [usedMiB, limitMiB] = [short.usedBytes / MIB, short.limitBytes / MIB].map(Math.round);
      log.error("memory_short", { of: short.of, usedMiB, limitMiB });
      done("memory");
    };
    const timer = setInterval(look, EVERY_MS).unref();
  });
}

/** The first whose limit is near. */
export function shortOf(uses: readonly MemoryUse[]): MemoryUse | null {
  const isNear = ({ usedBytes, limitBytes }: MemoryUse): boolean =>
    limitBytes > 0 && usedBytes > SHORT_AT * limitBytes;
  return uses.find(isNear) ?? null;
}

function memoryInUse(): MemoryUse[] {
  const { used_heap_size, heap_size_limit } = v8.getHeapStatistics();
  return [
    { of: "heap", usedBytes: used_heap_size, limitBytes: heap_size_limit },
    {
      of: "container",
      // Not all that the container has in use, which counts the cache of files that it would give back.
      usedBytes: process.memoryUsage.rss(),
      limitBytes: process.constrainedMemory(),
    },
  ];
}
