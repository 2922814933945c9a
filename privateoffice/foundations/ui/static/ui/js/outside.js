/* A page outside the office came instead, to sign in or to say what failed: what was sent did not arrive. */
import { everyName, load, store } from "./typed.js";

export default function outside() {
  for (const name of everyName()) {
    const entry = load(name);
    store(name, entry && { ...entry, sent: false });
  }
}
