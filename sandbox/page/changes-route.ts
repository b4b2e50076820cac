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
        const unlisten = feed.listen(() => response.write("data: changed\n\n"));
        response.once("close", unlisten);
      },
    };
  };
}
