/* What this browser keeps between pages. A browser that refuses keeps nothing, and nothing breaks. */
export function read(name) {
  try {
    return localStorage.getItem(`po-${name}`) ?? "";
  } catch {
    return "";
  }
}

export function write(name, value) {
  try {
    if (value) localStorage.setItem(`po-${name}`, value);
    else localStorage.removeItem(`po-${name}`);
  } catch {
    /* full or forbidden */
  }
}
