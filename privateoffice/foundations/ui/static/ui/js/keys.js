/* Keys: what carries data-key is done when its key is pressed. `g t` is a sequence. Rests while a field has focus. */
import { read } from "./kept.js";

const WAIT = 1200; // for the second key of a sequence, in milliseconds

let pending = "";
let timer = 0;

function isTyping(target) {
  return target.closest?.("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function isShown(part) {
  return part.checkVisibility?.({ visibilityProperty: true }) ?? part.offsetParent !== null;
}

/* The caret's row comes first, then whatever else on the page; a closed menu's entries count, for they are sequences. */
function partFor(key) {
  const dialog = document.querySelector("dialog[open]");
  const found = [...(dialog ?? document).querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const usable = key.startsWith("g ") ? found : found.filter(isShown);
  return usable.find((part) => part.closest(".po-row--caret")) ?? usable.find((part) => !part.closest(".po-row"));
}

function press(part) {
  if (part.matches("input:not([type=radio],[type=checkbox]), textarea, select")) {
    part.focus();
    part.select?.();
  } else if (part.matches("summary")) {
    part.click();
    part.parentElement.querySelector("a, button")?.focus();
  } else {
    part.click();
  }
}

function forget() {
  pending = "";
  clearTimeout(timer);
}

function nameOf(event) {
  return event.key === "Enter" ? "↵" : event.key;
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return back(event);
  if (read("keys") === "off" || isTyping(event.target)) return;
  if (event.key === "Enter" && event.target !== document.body && event.target.id !== "main") return;
  const wanted = pending ? `${pending} ${nameOf(event)}` : nameOf(event);
  const part = partFor(wanted);
  if (part) {
    event.preventDefault();
    forget();
    press(part);
  } else if (!pending && event.key === "g") {
    event.preventDefault();
    pending = "g";
    timer = setTimeout(forget, WAIT);
  } else {
    forget();
    document.dispatchEvent(new CustomEvent("po:key", { detail: { key: event.key, event } }));
  }
}

/* Ctrl and Enter send the form that is being typed in, also from a text of many lines. */
function send(event) {
  const form = event.target.form;
  if (!form || form.method === "dialog") return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".govuk-button:not(a)"));
}

/* Esc leaves a field without losing it; then it goes where the page says back is. */
function back(event) {
  forget();
  if (document.querySelector("dialog[open], details.po-menu[open]")) return;
  if (isTyping(event.target)) event.target.blur();
  else if (read("keys") !== "off") document.querySelector("[data-key='Esc']:not(dialog *)")?.click();
}

function openDialog(event) {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  listKeysOfPage(dialog);
  dialog.showModal();
}

function listKeysOfPage(dialog) {
  const place = dialog.querySelector("[data-keys-of-page]");
  if (!place) return;
  const list = place.querySelector("dl");
  const seen = new Map();
  document.querySelectorAll("main [data-key]").forEach((part) => {
    const words = [...part.childNodes].filter((node) => !node.matches?.("kbd")).map((node) => node.textContent);
    if (!seen.has(part.dataset.key)) seen.set(part.dataset.key, words.join(" ").trim() || part.ariaLabel);
  });
  list.replaceChildren(...[...seen].map(([key, words]) => line(words, key)));
  place.hidden = seen.size === 0;
}

function line(words, key) {
  const [row, term, value, cap] = ["div", "dt", "dd", "kbd"].map((name) => document.createElement(name));
  term.textContent = words;
  cap.textContent = key;
  cap.className = "po-key";
  value.append(cap);
  row.append(term, value);
  return row;
}

export default function keys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", openDialog);
}
