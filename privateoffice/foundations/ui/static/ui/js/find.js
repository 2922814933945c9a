/* The search box: what is meant so far lies under it. Down and up go through it, Esc and a click elsewhere close it. */
export default function find(form) {
  const field = form.querySelector("input");
  const box = form.querySelector(".po-typed-box");
  const links = () => [...box.querySelectorAll("a")];
  const close = () => box.replaceChildren();

  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.hasChildNodes()) {
      event.preventDefault();
      close();
      field.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !links().length) return;
    event.preventDefault();
    const next = links().indexOf(document.activeElement) + step;
    (links()[next] ?? field).focus();
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) close();
  });
}
