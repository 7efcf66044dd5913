// One door for everybody whose session was taken along: a code, typed or scanned, marks its child without a network.
import { mark, roster, sessions } from './offline-store.js';
import { offerCamera, plain } from './scan.js';
/** @typedef {import('./offline-store.js').Taken} Taken */
/** @typedef {import('./offline-store.js').Roster} Roster */
/** @typedef {{ taken: Taken, roster: Roster, child: import('./offline-store.js').Child }} Place */

const SHOWN = 5;
/** Milliseconds from its start within which a session is one of today. */
const NEAR = 16 * 3_600_000;

/**
 * @param {HTMLFormElement} form
 * @param {() => string | null} opened the session that is open on the page
 * @param {() => void} marked is told after each mark
 * @param {(child: import('./offline-store.js').Child) => string} nameOf
 */
export function openDoor(form, opened, marked, nameOf) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('Code'));
  const answers = /** @type {HTMLElement} */ (form.querySelector('[data-answers]'));

  /** @param {string} code */
  async function put(code) {
    const found = await placeOf(code, opened());
    if (!found) {
      say('warning', '', (form.dataset.unknown ?? '').replace('{n}', code));
      return false;
    }
    await mark(found.taken.session, found.child.enrollment, 'present');
    say('success', nameOf(found.child), `${form.dataset.marked ?? ''} · ${found.roster.title}`);
    marked();
    return true;
  }

  /** @param {'success' | 'warning'} kind @param {string} name @param {string} text */
  function say(kind, name, text) {
    const answer = document.createElement('div');
    answer.className = `notice notice--${kind}`;
    answer.dataset.answer = kind === 'success' ? 'good' : 'bad';
    const line = document.createElement('p');
    if (name) {
      const strong = document.createElement('strong'), apart = document.createElement('bdi');
      apart.textContent = name;
      strong.append(apart);
      line.append(strong, ' – ');
    }
    line.append(text);
    answer.append(line);
    answers.prepend(answer);
    for (const old of [...answers.children].slice(SHOWN)) old.remove();
  }

  form.addEventListener('submit', async event => {
    event.preventDefault();
    const code = field.value;
    if (!code.trim()) return;
    if (await put(code)) field.value = '';
    else field.select();
  });
  const scanner = form.querySelector('[data-scanner]');
  if (scanner instanceof HTMLElement) offerCamera(scanner, put);
}

/** Where a child is marked: in the session that is open, else in the one whose hour is nearest. @param {string} code @param {string | null} opened @returns {Promise<Place | null>} */
async function placeOf(code, opened) {
  const wanted = plain(code);
  /** @type {Place | null} */ let nearest = null;
  let least = NEAR;
  for (const taken of await sessions()) {
    const known = await roster(taken);
    const child = known?.items.find(item => plain(item.participant) === wanted);
    if (!known || !child) continue;
    const place = { taken, roster: known, child };
    if (taken.session === opened) return place;
    // By the instant that the server gave: browsers do not agree on Morocco's hour, and a phone's day may be another.
    const away = Math.abs(Date.now() + taken.skew - Date.parse(known.startsAt ?? `${known.date}T${known.start}Z`));
    if (away < least) [nearest, least] = [place, away];
  }
  return nearest;
}
