/* What was typed into a form and kept by this browser until the office has it. */
const PREFIX = "po-typed:";
const KEPT_FOR = 7 * 86_400_000;

export function nameFor(form) {
  return `${PREFIX}${location.pathname}:${form.dataset.keep ?? form.getAttribute("action") ?? ""}`;
}

export function load(name) {
  try {
    const entry = JSON.parse(localStorage.getItem(name) ?? "null");
    return entry && entry.at > Date.now() - KEPT_FOR ? entry : null;
  } catch {
    return null;
  }
}

export function store(name, entry) {
  try {
    if (entry) localStorage.setItem(name, JSON.stringify({ ...entry, at: Date.now() }));
    else localStorage.removeItem(name);
  } catch {
    /* full or forbidden: the page itself still holds the text */
  }
}

export function everyName() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

/* Whether the browser came here by a link or a redirect, and not by going back or reloading. */
export function cameForward() {
  return performance.getEntriesByType("navigation")[0]?.type === "navigate";
}
