// The public page of a certificate: compares a PDF with the issued one in the browser, and keeps what is needed to check without a network.
//   <section data-document="HASH" data-earlier="HASH HASH…" data-same="…" data-stands="yes|no" data-older="…" data-other="…" data-no-pdf="…" hidden>
//     <input type="file"> <p role="status" data-answer></p>
const MOST_BYTES = 20_000_000;

const section = /** @type {HTMLElement | null} */ (document.querySelector('[data-document]'));
// A browser computes hashes only on a page that came securely.
if (section && crypto.subtle) offer(section);

if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/service-worker.js')
    .then(async () => (await navigator.serviceWorker.ready).active?.postMessage({ language: document.documentElement.lang })).catch(() => {});
}

/** @param {HTMLElement} place */
function offer(place) {
  place.hidden = false;
  const input = /** @type {HTMLInputElement} */ (place.querySelector('input[type="file"]'));
  input.addEventListener('change', () => { if (input.files?.[0]) compare(place, input.files[0]); });
  place.addEventListener('dragover', event => event.preventDefault());
  place.addEventListener('drop', event => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) compare(place, file);
  });
}

/** Nothing of the file leaves the device. @param {HTMLElement} place @param {File} file */
async function compare(place, file) {
  const answer = /** @type {HTMLElement} */ (place.querySelector('[data-answer]'));
  answer.textContent = '';
  if (file.size > MOST_BYTES || new TextDecoder().decode(await file.slice(0, 5).arrayBuffer()) !== '%PDF-') return say('noPdf', 'is-warn');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const hash = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
  if (hash === place.dataset.document) return say('same', place.dataset.stands === 'yes' ? 'is-good' : 'is-bad');
  return (place.dataset.earlier ?? '').split(' ').includes(hash) ? say('older', 'is-warn') : say('other', 'is-bad');

  /** @param {string} key @param {string} tone */
  function say(key, tone) {
    answer.className = `compared ${tone}`;
    answer.textContent = place.dataset[key] ?? '';
  }
}
