// Asks the device for a passkey and sends its answer with the form.
//   <form data-passkey="get|create" data-options="JSON"> … [data-passkey-answer] [data-passkey-go] [data-passkey-none] [data-passkey-fault]
// Bytes travel as base64url; conversions are written out because older browsers have none of their own.

/** @param {string} text */
const read = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));

/** @param {ArrayBuffer} bytes */
const write = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** @param {{ id: string }[] | undefined} known */
const keys = known => (known ?? []).map(key => ({ ...key, id: read(key.id) }));

/** @param {any} options */
const create = options => navigator.credentials.create({
  publicKey: {
    ...options, challenge: read(options.challenge), user: { ...options.user, id: read(options.user.id) }, excludeCredentials: keys(options.excludeCredentials),
  },
});

/** @param {any} options */
const get = options => navigator.credentials.get({
  publicKey: { ...options, challenge: read(options.challenge), allowCredentials: keys(options.allowCredentials) },
});

/** @param {any} credential */
function answer(credential) {
  const { id, rawId, type, authenticatorAttachment, response } = credential;
  const told = { clientDataJSON: write(response.clientDataJSON) };
  for (const part of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[part]) Object.assign(told, { [part]: write(response[part]) });
  }
  if (response.getTransports) Object.assign(told, { transports: response.getTransports() });
  return JSON.stringify({ id, rawId: write(rawId), type, authenticatorAttachment, response: told, clientExtensionResults: credential.getClientExtensionResults() });
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!(form instanceof HTMLFormElement) || !window.PublicKeyCredential) continue;
  const button = form.querySelector('[data-passkey-go]');
  const field = form.querySelector('[data-passkey-answer]');
  const fault = form.querySelector('[data-passkey-fault]');
  if (!(button instanceof HTMLButtonElement) || !(field instanceof HTMLInputElement) || !(fault instanceof HTMLElement)) continue;
  form.querySelector('[data-passkey-none]')?.remove();
  button.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    button.disabled = true;
    fault.hidden = true;
    try {
      const options = JSON.parse(form.dataset.options ?? '');
      field.value = answer(await (form.dataset.passkey === 'create' ? create(options) : get(options)));
      form.submit();
    } catch {
      // Given up, timed out, or the device has it already: the browser tells no more, on purpose.
      fault.hidden = false;
      button.disabled = false;
      button.focus();
    }
  });
}
