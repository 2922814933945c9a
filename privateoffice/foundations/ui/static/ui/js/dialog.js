/* A dialog closes when what lies behind it is clicked. Esc and the focus are the browser's own. */
export default function dialog(part) {
  part.addEventListener("click", (event) => {
    if (event.target === part) part.close();
  });
}
