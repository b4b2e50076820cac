import type { Method } from "./method.ts";
import { MODAL_ARGUMENTS, showModal } from "./show-modal.ts";

/** A modal in place of what the person has open. */
export const viewsOpen: Method = {
  name: "views.open",
  scopes: [],
  acceptsJson: true,
  arguments: MODAL_ARGUMENTS,
  run(call) {
    return showModal(call, this.name, (views, user, body) => views.open(user, body));
  },
};
