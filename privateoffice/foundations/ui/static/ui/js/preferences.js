/* How pages look in this browser, and whether single keys work: kept here, applied at once. */
import { read, write } from "./kept.js";

function apply(name, value) {
  if (name === "keys") return;
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
}

export default function preferences(part) {
  part.querySelectorAll("input[type=radio]").forEach((choice) => {
    choice.checked = choice.value === read(choice.name);
  });
  part.addEventListener("change", ({ target }) => {
    write(target.name, target.value);
    apply(target.name, target.value);
  });
}
