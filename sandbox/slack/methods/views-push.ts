import type { Method } from "./method.ts";
import { MODAL_ARGUMENTS, showModal } from "./show-modal.ts";

/** A modal on top of the one that the trigger came from. */
export const viewsPush: Method = {
  name: "views.push",
  scopes: [],
  acceptsJson: true,
  arguments: MODAL_ARGUMENTS,
  run(call) {
    return showModal(call, this.name, (views, user, body) => {
      if (views.stack(user).length === 0) return "not_found";
      return views.push(user, body) ?? "push_limit_reached";
    });
  },
};
