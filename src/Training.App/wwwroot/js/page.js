// Small conveniences on any page; each button is hidden until this module is there to serve it.
//   <button type="button" data-print hidden>   <button type="button" data-copy="TEXT" data-copied="…" hidden>
// Before a sign-out it clears what this device keeps for work without a network (js/offline-store.js).
// It also moves the focus to an error summary and closes the account menu on Escape or a click outside.

for (const button of document.querySelectorAll('[data-print]')) {
  button.removeAttribute('hidden');
  button.addEventListener('click', () => window.print());
}

for (const button of document.querySelectorAll('button[data-copy]')) {
  // The clipboard exists only over HTTPS or on localhost.
  if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? '');
    const text = button.querySelector('[data-copy-text]') ?? button;
    text.textContent = button.dataset.copied ?? text.textContent;
  });
}

const summary = document.querySelector('.error-summary');
if (summary instanceof HTMLElement) summary.focus();

const account = document.querySelector('details.account');
if (account instanceof HTMLDetailsElement) {
  document.addEventListener('click', event => { if (!account.contains(/** @type {Node} */ (event.target))) account.open = false; });
  account.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    account.open = false;
    account.querySelector('summary')?.focus();
  });
}

for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
  if (!(form instanceof HTMLFormElement) || !('indexedDB' in window)) continue;
  form.addEventListener('submit', async event => {
    if (form.dataset.cleared !== undefined) return;
    event.preventDefault();
    try {
      const store = await import('./offline-store.js');
      const unsent = await store.waiting();
      if (unsent > 0 && !window.confirm((form.dataset.unsent ?? '').replace('{n}', String(unsent)))) return;
      await store.forget();
    } catch {
      // What cannot be read here is none of the sign-out's business: the key of the names has its own end.
    }
    form.dataset.cleared = '';
    form.submit();
  });
}
