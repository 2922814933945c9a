/* A toast stays for 20 seconds, or for as long as it is looked at. The trail has it too. */
const STAYS = 20_000;

export default function toast(part) {
  let timer = setTimeout(() => part.remove(), STAYS);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(() => part.remove(), STAYS);
  };
  part.addEventListener("mouseenter", hold);
  part.addEventListener("focusin", hold);
  part.addEventListener("mouseleave", release);
  part.addEventListener("focusout", release);
}
