// Takes sessions along, once somebody has asked for it (js/offline-take.js).
import { take } from './offline-store.js';
/** @typedef {{ caller: string }} Me */

/** How many rosters travel at once: networks are weak. */
const AT_ONCE = 3;

/** @param {HTMLButtonElement} button */
export async function carry(button) {
  const sessions = (button.dataset.take ?? '').split(' ');
  const line = button.parentElement?.querySelector('[data-take-status]');
  const say = (/** @type {string} */ key, /** @type {number} */ count) => {
    if (!(line instanceof HTMLElement)) return;
    line.hidden = false;
    line.textContent = (button.dataset[key] ?? '').replace('{n}', String(count)).replace('{all}', String(sessions.length));
  };
  button.disabled = true;
  const waiting = [...sessions];
  let taken = 0;
  try {
    await navigator.serviceWorker.ready;
    const me = await fetch('/api/me');
    if (!me.ok) throw new Error(`status ${me.status}`);
    const { caller } = /** @type {Me} */ (await me.json());
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, sessions.length) }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        // One that cannot be had does not hold back the others.
        if (await carryOne(next, caller, button.dataset.title).then(() => true, () => false)) taken++;
        if (sessions.length > 1) say('taking', taken);
      }
    }));
  } catch {
    // Nobody is signed in, or there is no network: nothing was taken.
  }
  if (taken > 0) document.querySelector('[data-taken-link]')?.removeAttribute('hidden');
  say(taken === sessions.length ? 'taken' : 'failed', taken === sessions.length ? taken : sessions.length - taken);
  button.disabled = false;
}

/** @param {string} session @param {string} caller @param {string} [title] */
async function carryOne(session, caller, title) {
  const answer = await fetch(`/api/sessions/${encodeURIComponent(session)}/roster`, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const skew = (Date.parse(answer.headers.get('Date') ?? '') || Date.now()) - Date.now();
  const roster = await answer.json();
  const items = roster.items.map((/** @type {any} */ child) => ({ enrollment: child.enrollment, participant: child.participant, name: child.name, nameAr: child.nameAr, status: child.status }));
  await take(session, caller, { title: title ?? roster.groupName, date: roster.date, start: roster.start, startsAt: roster.startsAt, items }, roster.version, skew);
}
