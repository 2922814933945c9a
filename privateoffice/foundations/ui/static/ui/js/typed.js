/* What was typed into a form and kept by this browser, for whoever typed it, until the office has it. */
const PREFIX = "po-typed:";
const LEFT = "po-left"; // when somebody signed out here: no page that was open then keeps anything any more
const KEPT_FOR = 7 * 86_400_000;

function keeper() {
  return document.body.dataset.keeper ?? "";
}

export function nameFor(form) {
  return `${PREFIX}${keeper()}:${location.pathname}:${form.dataset.keep ?? form.getAttribute("action") ?? ""}`;
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
    if (Number(localStorage.getItem(LEFT)) > performance.timeOrigin) return;
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

export function isMine(name) {
  return !keeper() || name.startsWith(`${PREFIX}${keeper()}:`);
}

/* Whoever signs out leaves nothing of what they typed behind. */
export function leave() {
  for (const name of everyName()) store(name, null);
  try {
    localStorage.setItem(LEFT, Date.now());
  } catch {
    /* what keeps nothing has nothing to forget */
  }
}

/* Whether the browser came here by a link or a redirect, and not by going back or reloading. */
export function cameForward() {
  return performance.getEntriesByType("navigation")[0]?.type === "navigate";
}
