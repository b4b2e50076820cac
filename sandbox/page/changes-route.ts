import type { Feed } from "../feed.ts";
import type { Route } from "../http/serve.ts";

/** Server-Sent Events that say only that something happened; the page then asks for what it shows. */
export function changesRoute<Happening>(feed: Feed<Happening>): Route {
  return ({ method, url }) => {
    if (url.pathname !== "/page/changes" || method !== "GET") return null;
    return {
      kind: "stream",
      open(response) {
        response.writeHead(200, {
          "content-type": "text/event-stream",
          "cache-control": "no-store",
        });
        response.write("retry: 1000\ndata: connected\n\n");
        const tell = together(() => response.write("data: changed\n\n"));
        const unlisten = feed.listen(tell.soon);
        response.once("close", () => {
          unlisten();
          tell.stop();
        });
      },
    };
  };
}

/** What happens within so many ms is told once: a page can draw no faster. */
const TOGETHER_MS = 100;

function together(tell: () => void): { soon(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  return {
    soon() {
      timer ??= setTimeout(() => {
        timer = null;
        tell();
      }, TOGETHER_MS);
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}
