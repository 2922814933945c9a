/* The caret of a list: j and k move it, what is focused takes it, Enter opens its row. */
const CARET = "po-row--caret";

function rowsOf(list) {
  return [...list.querySelectorAll(".po-row")];
}

function subjectOf(row) {
  return row.querySelector("a.subject");
}

function put(list, row) {
  rowsOf(list).forEach((other) => other.classList.toggle(CARET, other === row));
}

function move(list, step) {
  const rows = rowsOf(list);
  const here = rows.findIndex((row) => row.classList.contains(CARET));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  if (!next) return;
  put(list, next);
  subjectOf(next)?.focus();
  next.scrollIntoView({ block: "nearest" });
}

export default function rows(list) {
  if (!list.querySelector(`.${CARET}`) && rowsOf(list)[0]) put(list, rowsOf(list)[0]);
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest(".po-row");
    if (row) put(list, row);
  });
  document.addEventListener("po:key", ({ detail: { key, event } }) => {
    if (!list.isConnected || (key !== "j" && key !== "k" && key !== "Enter")) return;
    event.preventDefault();
    if (key === "Enter") subjectOf(list.querySelector(`.${CARET}`))?.click();
    else move(list, key === "j" ? 1 : -1);
  });
}
