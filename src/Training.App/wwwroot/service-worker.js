// Keeps the pages that work without a network – the one for sessions, the one that checks certificates – and nothing else: no page with a
// child's name is ever stored here. They are fetched without cookies, so that they are the same for everybody; rosters lie encrypted in
// IndexedDB (js/offline-store.js).
const SHELL = 'training-shell';
const LANGUAGES = ['ar-MA', 'fr-MA'];
const SESSIONS = '/offline', CERTIFICATES = '/v/offline';
// Public keys and the list of changed certificates: the newest that can be had, else the kept ones.
const LISTS = ['/.well-known/certificate-keys.json', '/.well-known/certificate-status.json'];
// What the page asks for in scripts and style sheets.
const MORE = {
  [SESSIONS]: ['/js/offline-store.js', '/js/offline-sync.js', '/js/offline-door.js', '/js/scan.js', '/img/band.svg', '/img/zellige.svg'],
  [CERTIFICATES]: ['/js/statement.js', '/js/scan.js', '/img/band.svg', '/img/zellige.svg'],
};
const PATIENCE = 4000;

const pageOf = (path, language) => `${path}?lang=${LANGUAGES.includes(language) ? language : LANGUAGES[0]}`;

self.addEventListener('install', event => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('message', event => {
  if (event.data?.language) event.waitUntil(remember(event.data.language));
});

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate') {
    event.respondWith(url.pathname === SESSIONS || url.pathname === CERTIFICATES ? shell(url.pathname, url.searchParams.get('lang') ?? '')
      : url.pathname.startsWith('/v/') ? certificate(event.request) : visit(event.request));
  } else if (LISTS.includes(url.pathname)) {
    event.respondWith(newest(url.pathname));
  } else if (/\.(css|js|svg|webmanifest)$/.test(url.pathname)) {
    event.respondWith(asset(event.request));
  }
});

/** A page as ever; when it cannot be reached, the one that works without a network. */
async function visit(request) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect(pageOf(SESSIONS, await remembered()), 302);
  }
}

/** A certificate's public page; without a network the page that checks the statement behind the address, which stays in the address bar. */
async function certificate(request) {
  try {
    return await fetch(request);
  } catch {
    return await (await caches.open(SHELL)).match(pageOf(CERTIFICATES, await remembered())) ?? Response.error();
  }
}

/** The newest shell that can be had in a few seconds, else the one at hand. */
async function shell(path, language) {
  const wanted = LANGUAGES.includes(language) ? language : await remembered();
  await remember(wanted);
  const late = new Promise(resolve => setTimeout(resolve, PATIENCE));
  await Promise.race([refresh(path, wanted).catch(() => {}), late]);
  return await (await caches.open(SHELL)).match(pageOf(path, wanted)) ?? Response.error();
}

/** A public list as it is now; as it was when it was last seen, where there is no network. */
async function newest(path) {
  const kept = await caches.open(SHELL);
  try {
    const answer = await fetch(path, { credentials: 'omit' });
    if (answer.ok) await kept.put(path, answer.clone());
    return answer;
  } catch {
    return await kept.match(path) ?? Response.error();
  }
}

async function keepAll() {
  await Promise.all(LANGUAGES.flatMap(language => [refresh(SESSIONS, language), refresh(CERTIFICATES, language)]));
  await Promise.all(LISTS.map(newest));
}

async function asset(request) {
  const kept = await caches.open(SHELL);
  // A name with a fingerprint never changes; a plain one may.
  if (/\.[0-9a-z]{10}\./.test(new URL(request.url).pathname)) return await kept.match(request) ?? fetch(request);
  try {
    return await fetch(request);
  } catch {
    return await kept.match(request) ?? Response.error();
  }
}

/** Fetches a page in a language with all it needs. */
async function refresh(path, language) {
  const page = pageOf(path, language);
  const answer = await fetch(page, { credentials: 'omit', cache: 'no-store' });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const text = await answer.clone().text();
  const parts = [...text.matchAll(/(?:href|src)="(\/[^"#?]+\.(?:css|js|svg|webmanifest))/g)].map(match => match[1]);
  const kept = await caches.open(SHELL);
  const wanted = [...new Set([...parts, ...MORE[path]])];
  await Promise.all(wanted.map(async part => {
    if (/\.[0-9a-z]{10}\./.test(part) && await kept.match(part)) return;
    const found = await fetch(part, { credentials: 'omit' });
    if (!found.ok) throw new Error(`status ${found.status}`);
    await kept.put(part, found);
  }));
  await kept.put(page, answer);
}

async function remember(language) {
  if (LANGUAGES.includes(language)) await (await caches.open(SHELL)).put('/offline/language', new Response(language));
}

async function remembered() {
  return await (await (await caches.open(SHELL)).match('/offline/language'))?.text() ?? LANGUAGES[0];
}
