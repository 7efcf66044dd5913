// What a phone carries for work without a network. Rosters (names and codes) are encrypted with a key that cannot be read out and that
// dies at sign-out or when its time is over; marks carry ids alone and stay until the server has taken them.
/** @typedef {'present' | 'late' | 'excused' | 'absent'} Status */
/** @typedef {{ enrollment: string, participant: string, name: string, nameAr: string | null, status: Status | null }} Child */
/** @typedef {{ title: string, date: string, start: string, startsAt?: string, items: Child[] }} Roster */
/** @typedef {{ session: string, person: string, iv: Uint8Array, data: ArrayBuffer, date: string, skew: number, version: number, versions: Record<string, number>, marks: Record<string, Status> }} Taken */
/** @typedef {{ markId: string, session: string, person: string, enrollment: string, status: Status, capturedAt: string, baseVersion: number, state: 'waiting' | 'conflict' | 'refused', message?: string }} Mark */

const NAME = 'training-offline';
const KEY_HOURS = 12;

/** True where a page may keep things safely: over TLS, or on the machine itself. */
export const supported = () => 'serviceWorker' in navigator && 'indexedDB' in window && !!crypto.subtle;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore('keys', { keyPath: 'id' });
      db.createObjectStore('sessions', { keyPath: 'session' });
      db.createObjectStore('marks', { keyPath: 'markId' }).createIndex('session', 'session');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Runs one transaction and answers what the work answers, once everything is durable.
 * @template T
 * @param {string[]} stores
 * @param {IDBTransactionMode} mode
 * @param {(store: (name: string) => IDBObjectStore) => IDBRequest<T> | void} work
 * @returns {Promise<T>}
 */
async function run(stores, mode, work) {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(stores, mode, { durability: 'strict' });
      const request = work(name => transaction.objectStore(name));
      transaction.oncomplete = () => resolve(/** @type {T} */ (request ? request.result : undefined));
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

/** The key for a person's rosters; null when there is none any more and none may be made. @param {string} person @param {boolean} make @returns {Promise<CryptoKey | null>} */
async function keyOf(person, make) {
  const known = await run(['keys'], 'readonly', store => store('keys').get('roster'));
  if (known && known.person === person && known.expiresAt > Date.now()) return known.key;
  if (known) await forgetNames();
  if (!make) return null;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Several sessions are taken at once, also from two pages: the first key made is the key of all, or the others could not be read.
  await run(['keys'], 'readwrite', store => {
    const found = store('keys').get('roster');
    found.onsuccess = () => {
      if (found.result?.person !== person) store('keys').put({ id: 'roster', key, person, expiresAt: Date.now() + KEY_HOURS * 3_600_000 });
    };
  });
  return (await run(['keys'], 'readonly', store => store('keys').get('roster'))).key;
}

/** The names become unreadable for good; sessions and marks stay. */
const forgetNames = () => run(['keys'], 'readwrite', store => { store('keys').clear(); });

/** Takes a session along. @param {string} session @param {string} person @param {Roster} roster @param {number} version @param {number} skew server's clock minus this one's, in milliseconds */
export async function take(session, person, roster, version, skew) {
  const key = /** @type {CryptoKey} */ (await keyOf(person, true));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(roster)));
  const marks = Object.fromEntries(roster.items.filter(child => child.status).map(child => [child.enrollment, child.status]));
  // Marks of this session that still wait are shown over what the server knew.
  for (const mark of await marksOf(session)) if (mark.state === 'waiting') marks[mark.enrollment] = mark.status;
  await run(['sessions'], 'readwrite', store => { store('sessions').put({ session, person, iv, data, date: roster.date, skew, version, versions: {}, marks }); });
}

/** The sessions taken along, the next first. @returns {Promise<Taken[]>} */
export async function sessions() {
  const all = await run(['sessions'], 'readonly', store => store('sessions').getAll());
  return all.sort((one, other) => one.date.localeCompare(other.date) || one.session.localeCompare(other.session));
}

/** The roster of a session; null when its key is gone. @param {Taken} taken @returns {Promise<Roster | null>} */
export async function roster(taken) {
  const key = await keyOf(taken.person, false);
  if (!key) return null;
  try {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: /** @type {BufferSource} */ (taken.iv) }, key, taken.data);
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null; // Taken under a key that is gone.
  }
}

/** @param {string} [session] @returns {Promise<Mark[]>} */
export const marksOf = session => run(['marks'], 'readonly', store => session === undefined ? store('marks').getAll() : store('marks').index('session').getAll(session));

/** Keeps a mark; an older one of the same child that still waits gives way. @param {string} session @param {string} enrollment @param {Status} status */
export async function mark(session, enrollment, status) {
  const older = (await marksOf(session)).filter(known => known.enrollment === enrollment && known.state === 'waiting');
  await run(['sessions', 'marks'], 'readwrite', store => {
    const found = store('sessions').get(session);
    found.onsuccess = () => {
      /** @type {Taken} */ const taken = found.result;
      if (!taken) return;
      for (const known of older) store('marks').delete(known.markId);
      const capturedAt = new Date(Date.now() + taken.skew).toISOString();
      store('marks').put({ markId: newId(), session, person: taken.person, enrollment, status, capturedAt, baseVersion: taken.versions[enrollment] ?? taken.version, state: 'waiting' });
      taken.marks[enrollment] = status;
      store('sessions').put(taken);
    };
  });
}

/**
 * Writes down what the server said of marks that were sent.
 * @param {string} session
 * @param {Mark[]} done marks the server has
 * @param {Mark[]} open marks that wait for a person, as they are to be shown
 * @param {number | null} version the session's version now; null when not known
 */
export function settle(session, done, open, version) {
  return run(['sessions', 'marks'], 'readwrite', store => {
    for (const sent of done) store('marks').delete(sent.markId);
    for (const sent of open) store('marks').put(sent);
    if (version === null) return;
    const found = store('sessions').get(session);
    found.onsuccess = () => {
      /** @type {Taken} */ const taken = found.result;
      if (!taken) return;
      for (const sent of [...done, ...open]) taken.versions[sent.enrollment] = version;
      store('sessions').put(taken);
    };
    // A newer mark of the same child, made while this one travelled, is now based on what was just taken.
    const waiting = store('marks').index('session').getAll(session);
    waiting.onsuccess = () => {
      for (const newer of /** @type {Mark[]} */ (waiting.result)) {
        if (newer.state !== 'waiting' || !done.some(sent => sent.enrollment === newer.enrollment)) continue;
        newer.baseVersion = version;
        store('marks').put(newer);
      }
    };
  });
}

/** Lets a session go, with what was said of its marks; marks that wait are never let go. @param {string} session */
export async function release(session) {
  const marks = await marksOf(session);
  if (marks.some(known => known.state === 'waiting')) return false;
  await run(['sessions', 'marks'], 'readwrite', store => {
    store('sessions').delete(session);
    for (const known of marks) store('marks').delete(known.markId);
  });
  return true;
}

/** How many marks wait, without making a store where there is none. */
export async function waiting() {
  if (indexedDB.databases && !(await indexedDB.databases()).some(db => db.name === NAME)) return 0;
  return (await marksOf()).filter(known => known.state === 'waiting').length;
}

/** Forgets everything. @returns {Promise<void>} */
export const forget = () => new Promise(resolve => {
  const request = indexedDB.deleteDatabase(NAME);
  request.onsuccess = request.onerror = request.onblocked = () => resolve();
});

/** A version 4 UUID. @returns {string} */
function newId() {
  return crypto.randomUUID();
}
