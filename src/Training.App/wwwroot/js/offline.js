// The page for work without a network: sessions taken along, their rosters, and what is still to be sent.
import { mark, marksOf, release, roster, sessions, supported } from './offline-store.js';
import { openDoor } from './offline-door.js';
import { sync } from './offline-sync.js';
/** @typedef {import('./offline-store.js').Taken} Taken */
/** @typedef {import('./offline-store.js').Mark} Mark */

const page = /** @type {HTMLElement} */ (document.querySelector('[data-offline]'));
const arabic = document.documentElement.lang.startsWith('ar');
/** The session that is open; null while the list shows. @type {string | null} */
let opened = null;
let sending = false;
/** Something was marked while marks were being sent. */
let again = false;
/** How often in a row nothing went through, and the next try. */
let failures = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let nextTry;
const RETRY_FIRST = 2_000, RETRY_MOST = 60_000;

const part = (/** @type {string} */ name, /** @type {ParentNode} */ within = page) => /** @type {HTMLElement} */ (within.querySelector(`[data-${name}]`));
const copy = (/** @type {string} */ name) => /** @type {HTMLElement} */ (/** @type {HTMLTemplateElement} */ (page.querySelector(`template[data-${name}]`)).content.firstElementChild?.cloneNode(true));
const text = (/** @type {string} */ key, /** @type {number | string} */ value = '') => (page.dataset[`${key}Text`] ?? page.dataset[key] ?? '').replace('{n}', String(value));

if (!supported()) {
  say('unsupported');
} else {
  part('back').addEventListener('click', () => { opened = null; show(); });
  part('send').addEventListener('click', () => send());
  window.addEventListener('online', () => { failures = 0; send(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
  openDoor(/** @type {HTMLFormElement} */ (part('door')), () => opened, async () => {
    if (opened !== null) await show();
    await send();
  }, nameOf);
  await show();
  await send();
}

/** @param {import('./offline-store.js').Child} child */
function nameOf(child) {
  return arabic ? child.nameAr ?? child.name : child.name;
}

/** @param {string} key @param {number | string} [value] */
function say(key, value) {
  part('state').textContent = text(key, value);
}

async function show() {
  const taken = await sessions();
  const marks = await marksOf();
  const current = taken.find(item => item.session === opened) ?? null;
  part('list').hidden = current !== null;
  part('roster').hidden = current === null;
  part('send').hidden = !marks.some(known => known.state === 'waiting');
  part('door').hidden = taken.length === 0;
  if (current) return showRoster(current, marks.filter(known => known.session === current.session));
  const list = part('sessions');
  part('none').hidden = taken.length + marks.length > 0;
  const items = await Promise.all(taken.map(item => sessionOf(item, marks.filter(known => known.session === item.session))));
  list.replaceChildren(...items);
}

/** @param {Taken} taken @param {Mark[]} marks */
async function sessionOf(taken, marks) {
  const item = copy('session');
  const names = await roster(taken);
  const open = part('open', item);
  open.textContent = names ? names.title : taken.session;
  open.addEventListener('click', () => { opened = taken.session; show(); });
  part('when', item).textContent = names ? `${day(taken.date)} · ${names.start}` : `${day(taken.date)} · ${text('expired')}`;
  if (!names) open.setAttribute('disabled', '');
  const waiting = marks.filter(known => known.state === 'waiting').length, person = marks.length - waiting;
  badge(part('waiting', item), waiting, 'waiting');
  badge(part('person', item), person, 'person');
  const link = part('decide', item);
  link.hidden = person === 0;
  link.setAttribute('href', `/sessions/${taken.session}`);
  const letGo = part('release', item);
  letGo.hidden = waiting > 0;
  letGo.addEventListener('click', async () => { if (await release(taken.session)) await show(); });
  item.dataset.session = taken.session;
  return item;
}

/** @param {HTMLElement} element @param {number} count @param {string} key */
function badge(element, count, key) {
  element.hidden = count === 0;
  element.textContent = text(key, count);
}

/** @param {Taken} taken @param {Mark[]} marks */
async function showRoster(taken, marks) {
  const names = await roster(taken);
  if (!names) { opened = null; await show(); return; }
  part('title').textContent = names.title;
  part('day').textContent = `${day(names.date)} · ${names.start}`;
  part('clock').hidden = Math.abs(taken.skew) < 300_000;
  const rows = names.items.map((child, index) => {
    const row = copy('row');
    part('order', row).textContent = String(index + 1);
    part('name', row).textContent = nameOf(child);
    part('code', row).textContent = child.participant;
    const said = marks.find(known => known.enrollment === child.enrollment && known.state !== 'waiting');
    const note = part('note', row);
    note.hidden = !said;
    note.textContent = !said ? '' : said.state === 'conflict' ? text('conflict', said.message ?? '') : text('refused', said.message ?? '');
    row.classList.toggle('is-unsaved', marks.some(known => known.enrollment === child.enrollment && known.state === 'waiting'));
    for (const input of row.querySelectorAll('input')) {
      input.name = child.enrollment;
      input.id = `${child.enrollment}-${input.value}`;
      input.nextElementSibling?.setAttribute('for', input.id);
      input.checked = taken.marks[child.enrollment] === input.value;
      input.addEventListener('change', async () => {
        row.classList.add('is-unsaved');
        await mark(taken.session, child.enrollment, /** @type {any} */ (input.value));
        await count();
        send();
      });
    }
    row.dataset.enrollment = child.enrollment;
    return row;
  });
  part('rows').replaceChildren(...rows);
  part('all').onclick = async () => {
    for (const child of names.items) if (!taken.marks[child.enrollment]) await mark(taken.session, child.enrollment, 'present');
    await show();
    send();
  };
}

async function count() {
  const waiting = (await marksOf()).filter(known => known.state === 'waiting').length;
  part('send').hidden = waiting === 0;
  say(waiting > 0 ? 'kept' : 'allSent', waiting);
}

// Whether there is a network is asked of the network alone: browsers say so wrongly, both ways.
async function send() {
  await count();
  if (sending) again = true;
  if (sending) return;
  sending = true;
  again = false;
  clearTimeout(nextTry);
  try {
    const outcome = await sync(count).catch(() => /** @type {const} */ ('failed'));
    failures = outcome === 'sent' ? 0 : failures + 1;
    if (outcome !== 'sent') {
      const waiting = (await marksOf()).filter(known => known.state === 'waiting').length;
      if (waiting > 0) say(outcome, waiting);
      part('sign-in').hidden = outcome !== 'signIn';
    } else {
      part('sign-in').hidden = true;
      await count();
      await refresh();
    }
  } finally {
    sending = false;
  }
  if (again) await send();
  else if (failures > 0) nextTry = setTimeout(send, Math.min(RETRY_FIRST * 2 ** (failures - 1), RETRY_MOST));
}

/** Shows what the server said, without touching what a person is just doing. */
async function refresh() {
  if (opened === null) { await show(); return; }
  const marks = await marksOf(opened);
  for (const row of page.querySelectorAll('[data-enrollment]')) {
    const enrollment = /** @type {HTMLElement} */ (row).dataset.enrollment;
    row.classList.toggle('is-unsaved', marks.some(known => known.enrollment === enrollment && known.state === 'waiting'));
    const said = marks.find(known => known.enrollment === enrollment && known.state !== 'waiting');
    const note = part('note', row);
    note.hidden = !said;
    if (said) note.textContent = said.state === 'conflict' ? text('conflict', said.message ?? '') : text('refused', said.message ?? '');
  }
}

/** @param {string} date */
function day(date) {
  return date.split('-').reverse().join('/');
}
