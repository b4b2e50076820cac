/** Where one is on the page: the address bar holds it, so that it can be shared and gone back to. */
export interface Place {
  channel: string;
  thread: string;
  user: string;
  /** `home` in the app's own place; empty for its messages. */
  tab: string;
}

export function readPlace(): Place {
  const asked = new URLSearchParams(location.search);
  return {
    channel: asked.get("channel") ?? "",
    thread: asked.get("thread") ?? "",
    user: asked.get("user") ?? "",
    tab: asked.get("tab") ?? "",
  };
}

export function addressOf(place: Place): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) {
    if (value !== "") asked.set(name, value);
  }
  return `/?${asked}`;
}
