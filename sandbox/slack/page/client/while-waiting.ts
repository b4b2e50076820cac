/** Marks a control as busy, and keeps it from being used again, until it is done. */
export async function whileWaiting<T>(control: HTMLElement, done: Promise<T>): Promise<T> {
  control.setAttribute("aria-busy", "true");
  if ("disabled" in control) control.disabled = true;
  try {
    return await done;
  } finally {
    control.removeAttribute("aria-busy");
    if ("disabled" in control) control.disabled = false;
  }
}
