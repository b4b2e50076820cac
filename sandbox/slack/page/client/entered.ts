/** What stands in the controls under a node, by block and action. */
export type Entered = Record<string, Record<string, string | string[]>>;

export function readEntered(root: ParentNode): Entered {
  const entered: Entered = {};
  for (const control of root.querySelectorAll<HTMLElement>("[data-block][data-action]")) {
    const { block = "", action = "" } = control.dataset;
    const value = standingIn(control);
    if (value !== null) entered[block] = { ...entered[block], [action]: value };
  }
  return entered;
}

/** Null where a menu was never filled, and so says nothing. */
function standingIn(control: HTMLElement): string | string[] | null {
  if (control instanceof HTMLSelectElement) {
    if (control.multiple) return [...control.selectedOptions].map((option) => option.value);
    return control.hidden ? null : control.value;
  }
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)
    return control.value;
  const checked = [...control.querySelectorAll<HTMLInputElement>("input:checked")];
  return checked.map((input) => input.value);
}
