import type { JsonObject } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import { drawMrkdwn, type Names } from "./draw-mrkdwn.ts";
import { plain } from "./options.ts";

/** Whether one is sure. Escape is no. */
export function askConfirm(confirm: JsonObject, names: Names): Promise<boolean> {
  const look = confirm.style === "danger" ? "button danger" : "button primary";
  const yes = element("button", { class: look, value: "yes" }, plain(confirm.confirm));
  const no = element("button", { class: "button", value: "" }, plain(confirm.deny));
  const title = element("h2", { id: "confirm-title" }, plain(confirm.title));
  const form = element(
    "form",
    { method: "dialog" },
    element("header", { class: "dialog-head" }, title),
    element("div", { class: "dialog-body" }, drawMrkdwn(plain(confirm.text), names)),
    element("footer", { class: "dialog-foot" }, no, yes),
  );
  const dialog = element("dialog", { class: "small", "aria-labelledby": "confirm-title" }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
