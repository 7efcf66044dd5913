// A door: codes are typed or scanned one after the other, and what the server says of each stands above the field without a new page.
// Without this module the form is posted as it is.
//   <form data-check-in data-unsent="…"> … <input name="Code"> … <div data-scanner>   <div data-answers>
import { offerCamera, plain } from './scan.js';

/** How many answers stay in sight. */
const SHOWN = 5;
/** Milliseconds after which an answer is no longer waited for: a network that came and went leaves requests that never end. */
const PATIENCE = 15_000;

const form = document.querySelector('form[data-check-in]');
if (form instanceof HTMLFormElement) enhance(form);

/** @param {HTMLFormElement} form */
function enhance(form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('Code'));
  const answers = /** @type {HTMLElement} */ (document.querySelector('[data-answers]'));
  const roster = document.querySelector('form[data-roster]');
  /** One code after the other, in the order of the cards. */
  let line = Promise.resolve();

  form.addEventListener('submit', event => {
    event.preventDefault();
    const code = field.value;
    if (!code.trim()) return;
    field.value = '';
    field.focus();
    line = line.then(() => send(code, true));
  });
  const scanner = form.querySelector('[data-scanner]');
  if (scanner instanceof HTMLElement) offerCamera(scanner, code => { line = line.then(() => send(code, false)); });

  /** @param {string} code @param {boolean} typed */
  async function send(code, typed) {
    const body = new FormData(form);
    body.set('Code', code);
    // The version at which this page last saw that child's mark.
    const row = rowOf(code);
    if (row?.dataset.version) body.set('Version', row.dataset.version);
    let page;
    const given = new AbortController();
    const late = setTimeout(() => given.abort(), PATIENCE);
    try {
      const response = await fetch(`${form.action}&part=true`, { method: 'POST', body, signal: given.signal });
      if (response.status >= 500) throw new Error(`status ${response.status}`);
      page = new DOMParser().parseFromString(await response.text(), 'text/html');
    } catch {
      // Whether it was recorded is not known; once more does no harm, since nobody is present twice.
      return unsent(code, typed);
    } finally {
      clearTimeout(late);
    }
    const answer = page.querySelector('[data-answer]');
    // Something else came: the sign-in has ended, or there is no such session any more.
    if (!(answer instanceof HTMLElement)) return location.reload();
    show(answer);
    const figure = document.querySelector(`[data-present="${CSS.escape(answer.dataset.session ?? '')}"]`);
    if (figure) figure.textContent = answer.dataset.presentText ?? '';
    if (answer.dataset.marked) {
      roster?.dispatchEvent(new CustomEvent('child-marked', { detail: { enrollment: answer.dataset.marked, version: Number(answer.dataset.version) } }));
    } else if (typed && !answer.querySelector('strong') && !field.value) {
      // Not understood: it comes back to be put right.
      field.value = code;
      field.select();
    }
  }

  /** @param {string} code @param {boolean} typed */
  function unsent(code, typed) {
    const answer = document.createElement('div');
    answer.className = 'notice notice--warning';
    answer.dataset.answer = 'unsent';
    answer.textContent = (form.dataset.unsent ?? '').replace('{n}', code);
    show(answer);
    if (typed && !field.value) field.value = code;
  }

  /** @param {HTMLElement} answer */
  function show(answer) {
    answers.prepend(answer);
    for (const old of [...answers.children].slice(SHOWN)) old.remove();
  }

  /** @param {string} code */
  function rowOf(code) {
    const wanted = plain(code);
    return /** @type {HTMLElement | undefined} */ ([...roster?.querySelectorAll('[data-enrollment]') ?? []]
      .find(item => plain(item.querySelector('.code')?.textContent ?? '') === wanted));
  }
}
