/* An error summary takes the focus when the page opens, so that nobody hunts for what is wrong. */
export default function errors(summary) {
  summary.focus();
}
