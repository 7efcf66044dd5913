// Keeps a page up to date while the server reads or commits a file, or writes a report. Without this module the page
// still works: it carries an ordinary "refresh" link, which this module hides.
//
// <section data-import data-url="/api/imports/ID" data-done-url="/imports/ID" [data-events="/…/events"]>
//   <p data-import-status role="status" data-reading="…" data-committing="…" data-offline="…"></p>
//   <progress data-import-progress max="1" value="0"></progress> <span data-import-percent></span>
//   <dd data-count="rows"></dd> … any number of the answer: rows new matched alreadyEnrolled possibleDuplicates refused
//   <a data-import-refresh href="">…</a>
// </section>

/**
 * The part of `GET /api/imports/{id}` that is read here.
 * @typedef {{ status: string, progress: number, [count: string]: unknown }} ImportState
 */

/** States in which the server is still at work; any other state ends the watching. */
const working = new Set(['reading', 'committing', 'undoing', 'waiting']);
const firstDelay = 1000;
const longestDelay = 15000;

const root = document.querySelector('[data-import]');
if (root instanceof HTMLElement && root.dataset.url) watch(root, root.dataset.url);

/**
 * @param {HTMLElement} root
 * @param {string} url
 */
function watch(root, url) {
  const refresh = root.querySelector('[data-import-refresh]');
  if (refresh instanceof HTMLElement) refresh.hidden = true;

  if (root.dataset.events && 'EventSource' in window) {
    const events = new EventSource(root.dataset.events);
    events.onmessage = event => { if (!show(root, JSON.parse(event.data))) events.close(); };
    // A proxy that holds events back must not freeze the page: fall back to asking.
    events.onerror = () => { events.close(); poll(root, url, firstDelay); };
    return;
  }
  poll(root, url, firstDelay);
}

/**
 * Asks until the work ends; waits longer after each failure, and not at all while the tab is hidden.
 * @param {HTMLElement} root
 * @param {string} url
 * @param {number} delay milliseconds before the next question
 */
function poll(root, url, delay) {
  setTimeout(async () => {
    if (document.hidden) {
      document.addEventListener('visibilitychange', () => poll(root, url, 0), { once: true });
      return;
    }
    try {
      const response = await fetch(url, { headers: { Accept: 'application/json' }, cache: 'no-store' });
      if (response.status === 401 || response.status === 403 || response.status === 404) return location.reload();
      if (!response.ok) throw new Error(`status ${response.status}`);
      if (show(root, await response.json())) poll(root, url, firstDelay);
    } catch {
      say(root, 'offline');
      poll(root, url, Math.min(Math.max(delay, firstDelay) * 2, longestDelay));
    }
  }, delay);
}

/**
 * Shows a state and tells whether there is more to come.
 * @param {HTMLElement} root
 * @param {ImportState} state
 * @returns {boolean}
 */
function show(root, state) {
  const language = document.documentElement.lang || 'fr';
  const counts = new Intl.NumberFormat(language);
  for (const cell of root.querySelectorAll('[data-count]')) {
    const value = state[/** @type {HTMLElement} */ (cell).dataset.count ?? ''];
    if (typeof value === 'number') cell.textContent = counts.format(value);
  }
  const bar = root.querySelector('[data-import-progress]');
  if (bar instanceof HTMLProgressElement) bar.value = state.progress;
  const percent = root.querySelector('[data-import-percent]');
  if (percent) percent.textContent = `${Math.round(state.progress * 100)}\u00a0%`;

  if (working.has(state.status)) {
    say(root, state.status);
    return true;
  }
  location.replace(root.dataset.doneUrl ?? location.href);
  return false;
}

/**
 * Announces a state in the words the page carries; says nothing twice, so a screen reader is not flooded.
 * @param {HTMLElement} root
 * @param {string} key
 */
function say(root, key) {
  const line = root.querySelector('[data-import-status]');
  const text = line instanceof HTMLElement ? line.dataset[key] : undefined;
  if (line && text && line.textContent !== text) line.textContent = text;
}
