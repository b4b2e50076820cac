/** Where one is on the page: the address bar holds it, so that it can be shared and gone back to. */
export interface Place {
  channel: string;
  thread: string;
  user: string;
}

export function readPlace(): Place {
  const asked = new URLSearchParams(location.search);
  return {
    channel: asked.get("channel") ?? "",
    thread: asked.get("thread") ?? "",
    user: asked.get("user") ?? "",
  };
}

export function addressOf(place: Place): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) {
    if (value !== "") asked.set(name, value);
  }
  return `/?${asked}`;
}
