// Keeps the page for work without a network, and nothing else: no page with a child's name is ever stored here. The page is fetched
// without cookies, so that it is the same for everybody; its rosters lie encrypted in IndexedDB (js/offline-store.js).
const SHELL = 'training-shell';
const LANGUAGES = ['ar-MA', 'fr-MA'];
// What the page asks for in scripts and style sheets.
const MORE = ['/js/offline-store.js', '/js/offline-sync.js', '/js/offline-door.js', '/js/scan.js', '/img/band.svg', '/img/zellige.svg'];
const PATIENCE = 4000;

const pageOf = language => `/offline?lang=${LANGUAGES.includes(language) ? language : LANGUAGES[0]}`;

self.addEventListener('install', event => event.waitUntil(Promise.all(LANGUAGES.map(refresh)).then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('message', event => {
  if (event.data?.language) event.waitUntil(remember(event.data.language));
});

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate') {
    event.respondWith(url.pathname === '/offline' ? shell(url.searchParams.get('lang') ?? '') : visit(event.request));
  } else if (/\.(css|js|svg|webmanifest)$/.test(url.pathname)) {
    event.respondWith(asset(event.request));
  }
});

/** A page as ever; when it cannot be reached, the one that works without a network. */
async function visit(request) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect(pageOf(await remembered()), 302);
  }
}

/** The newest shell that can be had in a few seconds, else the one at hand. */
async function shell(language) {
  await remember(language);
  const late = new Promise(resolve => setTimeout(resolve, PATIENCE));
  await Promise.race([refresh(language).catch(() => {}), late]);
  return await (await caches.open(SHELL)).match(pageOf(language)) ?? Response.error();
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

/** Fetches the page of a language with all it needs. */
async function refresh(language) {
  const page = pageOf(language);
  const answer = await fetch(page, { credentials: 'omit', cache: 'no-store' });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const text = await answer.clone().text();
  const parts = [...text.matchAll(/(?:href|src)="(\/[^"#?]+\.(?:css|js|svg|webmanifest))/g)].map(match => match[1]);
  const kept = await caches.open(SHELL);
  const wanted = [...new Set([...parts, ...MORE])];
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
