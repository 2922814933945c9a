/* A page of the office came: what was sent before has arrived, and what somebody else typed is none of ours. */
import { cameForward, everyName, isMine, load, store } from "./typed.js";

export default function settle() {
  for (const name of everyName()) if (!isMine(name)) store(name, null);
  if (!cameForward()) return;
  for (const name of everyName()) if (load(name)?.sent) store(name, null);
}
