/* Starts the module named by data-module on each part of the page, also on parts that arrive later. */
const started = new WeakMap();

async function start(part) {
  const done = started.get(part) ?? new Set();
  started.set(part, done);
  for (const name of part.dataset.module.split(" ")) {
    if (done.has(name)) continue;
    done.add(name);
    const module = await import(`./${name}.js`);
    module.default(part);
  }
}

function startWithin(root) {
  const parts = [...root.querySelectorAll("[data-module]")];
  if (root.matches?.("[data-module]")) parts.unshift(root);
  return Promise.all(parts.map(start));
}

startWithin(document).then(() => (document.documentElement.dataset.ready = ""));
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) startWithin(node);
  }
}).observe(document.body, { childList: true, subtree: true });
