/* Keeps what is typed, so that it survives a dead session, a closed lid or a wrong key. Never keeps secrets or files. */
import { cameForward, load, nameFor, store } from "./typed.js";

const OFTEN = 400; // milliseconds after the last stroke
const NEVER = ["password", "file", "hidden", "submit", "button"];

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !NEVER.includes(field.type));
}

function isChoice(field) {
  return field.type === "radio" || field.type === "checkbox";
}

function typedIn(form) {
  return fieldsOf(form).map((field) => [field.name, isChoice(field) ? field.checked : field.value]);
}

function write(form, drawn, sent) {
  const typed = typedIn(form);
  store(nameFor(form), JSON.stringify(typed) === drawn ? null : { typed, sent });
}

/* What the server sent back beside an error is newer than what was kept. */
function restore(form, typed) {
  if (form.querySelector(".govuk-form-group--error")) return false;
  fieldsOf(form).forEach((field, place) => {
    const [name, value] = typed[place] ?? [];
    if (name === field.name) field[isChoice(field) ? "checked" : "value"] = value;
  });
  return true;
}

function say(form) {
  const note = document.createElement("p");
  note.className = "po-known";
  note.setAttribute("role", "status");
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "po-plain po-push";
  clear.textContent = "Start again";
  clear.addEventListener("click", () => {
    form.reset();
    store(nameFor(form), null);
    note.remove();
  });
  note.append("What you typed here before is back.", clear);
  form.prepend(note);
}

export default function keep(form) {
  const drawn = JSON.stringify(typedIn(form)); // as the server drew it
  const entry = load(nameFor(form));
  if (entry?.sent && cameForward()) store(nameFor(form), null);
  else if (entry && restore(form, entry.typed)) say(form);
  let timer = 0;
  let isSent = false;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(form, drawn, isSent), OFTEN);
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    isSent = true;
    write(form, drawn, true);
  });
  form.addEventListener("htmx:after:request", (event) => {
    if (event.target === form && event.detail.ctx?.response?.raw?.ok) store(nameFor(form), null);
  });
  addEventListener("pagehide", () => write(form, drawn, isSent));
}
