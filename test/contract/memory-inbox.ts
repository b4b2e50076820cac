import type { Inbox } from "../../src/chat-connection.ts";

export interface MemoryInbox extends Inbox {
  seen: Set<string>;
  settled: string[];
  left: string[];
}

/** An inbox that forgets with the process: the database's own is tested where it is. */
export function memoryInbox(): MemoryInbox {
  const seen = new Set<string>();
  const settled: string[] = [];
  const left: string[] = [];
  return {
    seen,
    settled,
    left,
    put: async (platform, id) => {
      const key = `${platform}:${id}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    },
    settle: async (platform, id) => {
      settled.push(`${platform}:${id}`);
    },
    leave: (platform, id) => void left.push(`${platform}:${id}`),
  };
}
