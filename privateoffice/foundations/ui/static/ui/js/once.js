/* A form is sent once: a second press while the first is on its way does nothing. */
const AGAIN_AFTER = 10_000;

export default function once(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "";
    setTimeout(() => delete form.dataset.sent, AGAIN_AFTER);
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
  form.addEventListener("htmx:after:request", (event) => {
    if (event.target === form) delete form.dataset.sent; // and not for a part of it that asks by itself
  });
}
