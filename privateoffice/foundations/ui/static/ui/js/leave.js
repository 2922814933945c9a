/* Signing out clears what was typed and not sent; where there is such a thing, the page of signing out says so first. */
import { everyName, leave, load } from "./typed.js";

export default function start(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.said !== undefined || !everyName().some((name) => load(name))) {
      leave();
      return;
    }
    event.preventDefault();
    location.assign(form.action);
  });
}
