/* The grid of a rota: a duty opens its choice of people below; a name dragged onto a duty, or a duty onto a name, too. */
const PANEL = "rota-panel";

async function open(place, who = "") {
  const panel = document.getElementById(PANEL);
  const address = new URL(place, location.href);
  if (who) address.searchParams.set("who", who);
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok) return location.assign(address);
  panel.innerHTML = await answer.text();
  globalThis.htmx?.process(panel);
  panel.scrollIntoView({ block: "nearest" });
  const chosen = panel.querySelector("input[type=radio]:checked:not([value=''])");
  (who && chosen ? panel.querySelector(".govuk-button") : panel.querySelector("#type-name"))?.focus();
}

function linkOf(grid, key) {
  return grid.querySelector(`a[data-duty="${CSS.escape(key)}"]`);
}

function typed(event) {
  const link = event.target.closest("a[data-duty]");
  if (!link || event.key.length !== 1 || !/\p{L}/u.test(event.key)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  open(link.href).then(() => {
    const field = document.getElementById("type-name");
    if (!field) return;
    field.value = event.key;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export default function rota(grid) {
  let dragged = null;
  grid.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-duty]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href);
  });
  grid.addEventListener("keydown", typed);
  grid.addEventListener("dragstart", (event) => {
    const row = event.target.closest("tr[data-person]");
    const link = event.target.closest("a[data-duty]");
    dragged = link ? { duty: link.href } : row ? { who: row.dataset.person } : null;
    event.dataTransfer.effectAllowed = "link";
    event.dataTransfer.setData("text/plain", event.target.textContent.trim());
  });
  const targetOf = (event) => {
    if (!dragged) return null;
    return dragged.duty ? event.target.closest("tr[data-person]") : event.target.closest("td:has(> a[data-duty]), td[data-duty]");
  };
  grid.addEventListener("dragover", (event) => {
    const target = targetOf(event);
    grid.querySelectorAll("[data-drop]").forEach((part) => part !== target && part.removeAttribute("data-drop"));
    if (!target) return;
    event.preventDefault();
    target.setAttribute("data-drop", "");
  });
  grid.addEventListener("drop", (event) => {
    const target = targetOf(event);
    if (!target) return;
    event.preventDefault();
    target.removeAttribute("data-drop");
    if (dragged.duty) open(dragged.duty, target.dataset.person);
    else open((target.querySelector("a[data-duty]") ?? linkOf(grid, target.dataset.duty)).href, dragged.who);
  });
  grid.addEventListener("dragend", () => {
    dragged = null;
    grid.querySelectorAll("[data-drop]").forEach((part) => part.removeAttribute("data-drop"));
  });
}
