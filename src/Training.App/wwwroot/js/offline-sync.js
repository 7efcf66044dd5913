// Sends the marks that wait, session by session. A repeat is a success on the server's side, so that whatever breaks on the way is sent again.
import { marksOf, settle } from './offline-store.js';
/** @typedef {import('./offline-store.js').Mark} Mark */
/** @typedef {'sent' | 'offline' | 'signIn' | 'failed'} Outcome */

const AT_ONCE = 4;
const MARKS_MAX = 100;
/** Milliseconds after which an answer is no longer waited for: a network that came and went leaves requests that never end. */
const PATIENCE = 30_000;

/**
 * Sends what waits; only one page at a time does.
 * @param {() => void} progress is told after each session
 * @returns {Promise<Outcome>}
 */
export function sync(progress) {
  const once = () => sendAll(progress);
  return navigator.locks ? navigator.locks.request('training-sync', once) : once();
}

/** @param {() => void} progress @returns {Promise<Outcome>} */
async function sendAll(progress) {
  const waiting = (await marksOf()).filter(mark => mark.state === 'waiting');
  if (waiting.length === 0) return 'sent';
  const me = await whoAmI();
  if (typeof me === 'string') return /** @type {Outcome} */ (me);
  /** @type {Map<string, Mark[]>} */
  const sessions = new Map();
  // Marks of somebody else who used this phone wait for that person.
  for (const mark of waiting.filter(mark => mark.person === me.caller)) sessions.set(mark.session, [...sessions.get(mark.session) ?? [], mark]);
  const queue = [...sessions.entries()].flatMap(([session, marks]) => parts(marks).map(part => /** @type {[string, Mark[]]} */ ([session, part])));
  /** @type {Outcome} */ let outcome = sessions.size === 0 ? 'signIn' : 'sent';
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const done = await send(...next, me.now);
      if (done !== 'sent') outcome = done;
      if (done === 'offline' || done === 'signIn') queue.length = 0;
      progress();
    }
  }));
  return outcome;
}

/** Whose sign-in this is, and the server's clock. @returns {Promise<{ caller: string, now: number } | Outcome>} */
async function whoAmI() {
  try {
    const answer = await ask('/api/me', { cache: 'no-store' });
    if (answer.status === 401 || answer.status === 403) return 'signIn';
    if (!answer.ok) return 'failed';
    return { caller: (await answer.json()).caller, now: Date.parse(answer.headers.get('Date') ?? '') || Date.now() };
  } catch {
    return 'offline';
  }
}

/** Asks the server, its whole answer included, for as long as it may take. @param {string} address @param {RequestInit} request */
async function ask(address, request) {
  const given = new AbortController();
  const late = setTimeout(() => given.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { ...request, signal: given.signal });
    return new Response(await answer.arrayBuffer(), answer);
  } finally {
    clearTimeout(late);
  }
}

/** @param {string} session @param {Mark[]} marks @param {number} now @returns {Promise<Outcome>} */
async function send(session, marks, now) {
  const body = {
    marks: marks.map(mark => ({
      markId: mark.markId, enrollment: mark.enrollment, status: mark.status, baseVersion: mark.baseVersion,
      // No mark was made later than now, whatever the phone's clock says since.
      capturedAt: Date.parse(mark.capturedAt) > now ? new Date(now).toISOString() : mark.capturedAt,
    })),
  };
  let response;
  try {
    response = await ask(`/api/sessions/${encodeURIComponent(session)}/attendance`, { method: 'PUT', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  } catch {
    return 'offline';
  }
  if (response.status === 401) return 'signIn';
  if (response.status === 404) {
    const problem = await response.json().catch(() => ({}));
    await settle(session, [], marks.map(mark => ({ ...mark, state: 'refused', message: problem.title ?? '' })), null);
    return 'sent';
  }
  if (!response.ok) return 'failed';
  const answer = await response.json();
  const refused = new Map(answer.refused.map((/** @type {any} */ item) => [item.markId, item]));
  const conflicts = new Map(answer.conflicts.map((/** @type {any} */ item) => [item.markId, item]));
  /** @type {Mark[]} */
  const open = [];
  for (const mark of marks) {
    if (refused.has(mark.markId)) open.push({ ...mark, state: 'refused', message: refused.get(mark.markId).message });
    else if (conflicts.has(mark.markId)) open.push({ ...mark, state: 'conflict', message: conflicts.get(mark.markId).theirsBy ?? '' });
  }
  await settle(session, marks.filter(mark => !open.some(kept => kept.markId === mark.markId)), open, answer.version);
  return 'sent';
}

/** @param {Mark[]} marks */
function parts(marks) {
  const all = [];
  for (let from = 0; from < marks.length; from += MARKS_MAX) all.push(marks.slice(from, from + MARKS_MAX));
  return all;
}
