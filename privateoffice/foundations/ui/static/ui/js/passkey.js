/* Asks this machine for a passkey: to set one up, to sign in, or to show that it is still you.

The form says which: data-passkey is "create" or "get". What the server wants stands in the page as JSON, or is
fetched from data-options. Without JavaScript the button stays hidden, and a code does the same. */
const WORDS = {
  InvalidStateError: "This machine holds a passkey for you already.",
  NotAllowedError: "No passkey was used. Try again, or use a code.",
  SecurityError: "A passkey belongs to another address of this office.",
};

async function optionsOf(form) {
  const place = form.dataset.options;
  if (place.startsWith("#")) return JSON.parse(document.querySelector(place).textContent);
  const answer = await fetch(place, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error("The office did not answer.");
  return answer.json();
}

async function create(form) {
  const wanted = (await optionsOf(form)).creation_options.publicKey;
  wanted.authenticatorSelection = {
    ...wanted.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted) });
}

async function get(form) {
  const wanted = (await optionsOf(form)).request_options.publicKey;
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(wanted) });
}

function say(form, fault) {
  const place = form.querySelector("[data-passkey-fault]");
  place.textContent = WORDS[fault.name] ?? "The passkey could not be used. Try again, or use a code.";
  place.hidden = false;
}

export default function passkey(form) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return;
  form.hidden = false;
  const ask = form.dataset.passkey === "create" ? create : get;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const made = await ask(form);
      form.elements.credential.value = JSON.stringify(made.toJSON());
      form.submit();
    } catch (fault) {
      say(form, fault);
    }
  });
}
