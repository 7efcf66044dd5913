// Makes the roster form save in the background: marks wait in memory with their own ids until the server has
// taken them, and contradictions are shown to a person. Without this module the form is posted as it is.
// Needs on the form: data-roster data-url data-decide data-version; on each row: data-enrollment.
/** @typedef {'present' | 'late' | 'excused' | 'absent'} Status */
/** @typedef {{ markId: string, enrollment: string, status: Status, capturedAt: string, baseVersion: number }} Mark */
/** @typedef {{ markId: string, enrollment: string, theirs: Status, yours: Status, theirsBy: string | null }} Conflict */

const form = document.querySelector('form[data-roster]');
if (form instanceof HTMLFormElement) enhance(form);

// Marking by codes is fetched when somebody asks for it: networks are weak.
const door = document.querySelector('details[data-door]');
if (door instanceof HTMLDetailsElement) {
  const open = () => import('./check-in.js');
  if (door.open) open();
  else door.addEventListener('toggle', open, { once: true });
}

/** @param {HTMLFormElement} form */
function enhance(form) {
  /** Marks not yet taken by the server, one a child: the newest replaces the older. @type {Map<string, Mark>} */
  const waiting = new Map();
  // Each row keeps the session's version at which this page last saw its mark; a newer one elsewhere is a conflict.
  const loaded = form.dataset.version ?? '0';
  const saw = (/** @type {string} */ enrollment, /** @type {number} */ version) => row(enrollment)?.setAttribute('data-version', String(version));
  let sending = false;
  const row = (/** @type {string} */ id) => form.querySelector(`[data-enrollment="${CSS.escape(id)}"]`);
  const chosen = (/** @type {Element} */ item) => /** @type {HTMLInputElement | null} */ (item.querySelector('input:checked'))?.value;

  /** @param {Element} item */
  function capture(item) {
    const { enrollment = '', version = loaded } = /** @type {HTMLElement} */ (item).dataset;
    waiting.set(enrollment, { markId: newId(), enrollment, status: /** @type {Status} */ (chosen(item)), capturedAt: new Date().toISOString(), baseVersion: Number(version) });
    item.classList.add('is-unsaved');
    count();
    say('unsaved');
  }

  function count() {
    for (const counter of form.querySelectorAll('[data-counter]')) {
      const wanted = /** @type {HTMLElement} */ (counter).dataset.counter;
      counter.textContent = String([...form.querySelectorAll('[data-enrollment]')].filter(item => (chosen(item) ?? 'unmarked') === wanted).length);
    }
  }

  /** @param {string} key one of the texts the status line carries: saving saved failed unsaved conflict */
  function say(key) {
    const line = form.querySelector('[data-roster-status]');
    if (line instanceof HTMLElement) line.textContent = (line.dataset[key] ?? '').replace('{n}', String(waiting.size));
  }

  /** @param {Conflict} conflict */
  function ask(conflict) {
    const template = form.querySelector('template[data-conflict]'), list = form.querySelector('[data-conflicts]'), item = row(conflict.enrollment);
    if (!(template instanceof HTMLTemplateElement) || !list || !item) return;
    const card = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    const word = (/** @type {Status} */ status) => item.querySelector(`input[value="${status}"] + label`)?.textContent?.trim() ?? status;
    fill(card, {
      name: item.querySelector('[data-name]')?.textContent ?? '', theirs: word(conflict.theirs), yours: word(conflict.yours), by: conflict.theirsBy ?? '…',
    });
    card.dataset.child = conflict.enrollment;
    card.setAttribute('aria-label', `${card.getAttribute('aria-label')} – ${item.querySelector('[data-name]')?.textContent ?? ''}`);
    list.querySelector(`[data-child="${CSS.escape(conflict.enrollment)}"]`)?.remove();
    answerOn(card, item, conflict);
    list.append(card);
    card.focus();
  }

  /** Tells the server what a person has decided: the question stands there until then. @param {HTMLElement} card @param {Element} item @param {Conflict} conflict */
  function answerOn(card, item, conflict) {
    card.addEventListener('click', async event => {
      const keep = /** @type {Element} */ (event.target).closest('[data-keep]')?.getAttribute('data-keep');
      if (!keep) return;
      say('saving');
      try {
        const answer = await send('POST', (form.dataset.decide ?? '') + conflict.markId, { keep });
        saw(conflict.enrollment, answer.version);
        choose(item, answer.status ?? (keep === 'yours' ? conflict.yours : conflict.theirs));
        item.classList.remove('is-unsaved');
        card.remove();
        count();
        say(openConflict() ? 'conflict' : waiting.size > 0 ? 'unsaved' : 'saved');
      } catch {
        say('failed');
      }
    });
  }

  /** @param {string} method @param {string} url @param {unknown} body @returns {Promise<any>} */
  async function send(method, url, body) {
    const token = form.querySelector('input[name="__RequestVerificationToken"]');
    const response = await fetch(url, {
      method, body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', RequestVerificationToken: token instanceof HTMLInputElement ? token.value : '' },
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response.json();
  }

  const openConflict = () => /** @type {HTMLElement | null} */ (form.querySelector('[data-conflicts] > *'));
  const clean = () => waiting.size === 0 && !openConflict();

  async function save() {
    if (sending || waiting.size === 0) return;
    sending = true;
    say('saving');
    const sent = [...waiting.values()];
    try {
      const answer = await send('PUT', form.dataset.url ?? '', { marks: sent });
      const refused = new Set(answer.refused.map((/** @type {{ markId: string }} */ mark) => mark.markId));
      for (const mark of sent) {
        if (refused.has(mark.markId)) continue;
        saw(mark.enrollment, answer.version);
        // A newer mark of the same child, made while this one travelled, waits on, now based on what was just taken.
        const newer = waiting.get(mark.enrollment);
        if (newer && newer.markId !== mark.markId) { newer.baseVersion = answer.version; continue; }
        waiting.delete(mark.enrollment);
        row(mark.enrollment)?.classList.remove('is-unsaved');
      }
      answer.conflicts.forEach(ask);
      say(answer.conflicts.length > 0 ? 'conflict' : refused.size > 0 ? 'failed' : waiting.size > 0 ? 'unsaved' : 'saved');
    } catch {
      say('failed');
    } finally {
      sending = false;
    }
  }

  form.addEventListener('change', event => {
    const item = event.target instanceof Element ? event.target.closest('[data-enrollment]') : null;
    if (item) capture(item);
  });
  // Somebody was checked in by the card (js/check-in.js): the server has that mark, and it is newer than one that waits here.
  form.addEventListener('child-marked', event => {
    const { enrollment, version } = /** @type {CustomEvent} */ (event).detail;
    const item = row(enrollment);
    if (!item) return;
    saw(enrollment, version);
    waiting.delete(enrollment);
    item.classList.remove('is-unsaved');
    choose(item, 'present');
    count();
  });
  form.querySelector('[data-all-present]')?.addEventListener('click', () => {
    for (const item of form.querySelectorAll('[data-enrollment]')) {
      if (chosen(item)) continue;
      choose(item, 'present');
      capture(item);
    }
  });
  form.addEventListener('submit', async event => {
    const closing = event.submitter?.hasAttribute('data-native') ? event.submitter : null;
    if (closing && clean()) {
      // Everything is saved: closing goes alone, so that it cannot repeat marks another person has since changed.
      for (const input of form.querySelectorAll('[data-enrollment] input')) input.setAttribute('disabled', '');
      return;
    }
    event.preventDefault();
    await save();
    if (closing && clean()) form.requestSubmit(closing);
    else openConflict()?.focus();
  });
  window.addEventListener('online', save);
  window.addEventListener('beforeunload', event => { if (!clean()) event.preventDefault(); });
  form.querySelectorAll('[data-with-script]').forEach(part => part.removeAttribute('hidden'));
  count();
}

/** @param {Element} item @param {string} status */
function choose(item, status) {
  const input = item.querySelector(`input[value="${status}"]`);
  if (input instanceof HTMLInputElement) input.checked = true;
}

/** @param {HTMLElement} card @param {Record<string, string>} texts */
function fill(card, texts) {
  for (const [key, text] of Object.entries(texts)) for (const slot of card.querySelectorAll(`[data-slot="${key}"]`)) slot.textContent = text;
}

/** A version 4 UUID; `crypto.randomUUID` is missing where a house serves the pages without TLS. @returns {string} */
function newId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte, index) => (index === 6 ? (byte & 15) | 64 : index === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
