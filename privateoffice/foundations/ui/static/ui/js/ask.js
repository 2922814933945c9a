/* What cannot be undone asks first, and says what will happen: data-ask holds the sentence. */
function dialogFor(form) {
  const dialog = document.createElement("dialog");
  dialog.className = "po-dialog";
  const words = document.createElement("p");
  words.className = "body";
  words.id = "ask-words";
  words.textContent = form.dataset.ask;
  dialog.setAttribute("aria-labelledby", words.id);
  const foot = document.createElement("form");
  foot.method = "dialog";
  foot.className = "foot";
  const verb = form.querySelector("button, input[type=submit]")?.firstChild?.textContent.trim() || "Go on";
  foot.append(
    button(verb, "yes", "govuk-button govuk-button--warning"),
    button("Cancel", "", "govuk-button govuk-button--secondary"),
  );
  dialog.append(words, foot);
  document.body.append(dialog);
  return dialog;
}

function button(words, value, classes) {
  const part = document.createElement("button");
  part.textContent = words;
  part.value = value;
  part.className = classes;
  return part;
}

export default function ask(form) {
  form.addEventListener(
    "submit",
    (event) => {
      if (form.dataset.answered !== undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const dialog = dialogFor(form);
      dialog.addEventListener("close", () => {
        const isYes = dialog.returnValue === "yes";
        dialog.remove();
        if (!isYes) return;
        form.dataset.answered = "";
        form.requestSubmit(event.submitter ?? undefined);
        delete form.dataset.answered;
      });
      dialog.showModal();
      dialog.querySelector("button[value='']").focus();
    },
    true,
  );
}
