import type { JsonObject } from "../../json.ts";

export interface View {
  id: string;
  /** Who sees it. */
  user: string;
  /** As the bot sent it, with ids where it sent none. */
  body: JsonObject;
  /** Changes with every update. */
  hash: string;
  rootId: string;
  /** What it was pushed onto. */
  previousId: string | null;
}

/** A modal and two pushed onto it. */
const MOST_ON_STACK = 3;

/** The modals that people have open, and their Home tabs. */
export class ViewStore {
  readonly #stacks = new Map<string, View[]>();
  readonly #homes = new Map<string, View>();
  #count = 0;

  /** A person's open modals, the one they see last. */
  stack(user: string): readonly View[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): View | undefined {
    return this.#homes.get(user);
  }

  all(): View[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  find(id: string): View | undefined {
    return this.all().find((view) => view.id === id);
  }

  findExternal(externalId: string): View | undefined {
    return this.all().find((view) => view.body.external_id === externalId);
  }

  /** In place of whatever the person has open. */
  open(user: string, body: JsonObject): View {
    const view = this.#make(user, body, null);
    this.#stacks.set(user, [view]);
    return view;
  }

  /** Onto what the person has open; null when there are too many already. */
  push(user: string, body: JsonObject): View | null {
    const stack = this.stack(user);
    if (stack.length >= MOST_ON_STACK) return null;
    const view = this.#make(user, body, stack.at(-1) ?? null);
    this.#stacks.set(user, [...stack, view]);
    return view;
  }

  update(view: View, body: JsonObject): void {
    view.body = body;
    view.hash = newHash();
  }

  publish(user: string, body: JsonObject): View {
    const home = this.#homes.get(user) ?? this.#make(user, body, null);
    this.update(home, body);
    this.#homes.set(user, home);
    return home;
  }

  /** Takes a modal away, or all of its person's. */
  close(view: View, all: boolean): void {
    this.#stacks.set(view.user, all ? [] : this.stack(view.user).filter((one) => one !== view));
  }

  #make(user: string, body: JsonObject, below: View | null): View {
    this.#count += 1;
    const id = `V0${String(this.#count).padStart(6, "0")}`;
    return {
      id,
      user,
      body,
      hash: newHash(),
      rootId: below?.rootId ?? id,
      previousId: below?.id ?? null,
    };
  }
}

function newHash(): string {
  return crypto.randomUUID().slice(0, 8);
}
