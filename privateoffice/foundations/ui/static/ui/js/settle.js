/* A page of the office came: what was sent before has arrived, and need not be kept. */
import { cameForward, everyName, load, store } from "./typed.js";

export default function settle() {
  if (!cameForward()) return;
  for (const name of everyName()) if (load(name)?.sent) store(name, null);
}
