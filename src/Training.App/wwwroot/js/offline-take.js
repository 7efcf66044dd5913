// The button that takes a session along for work without a network; hidden where the browser cannot keep it safely.
//   <button type="button" data-take="SESSION" data-title="…" data-taken="…" data-failed="…" hidden>

// The store itself is fetched when it is needed: networks are weak.
if ('serviceWorker' in navigator && 'indexedDB' in window && crypto.subtle) {
  const registered = navigator.serviceWorker.register('/service-worker.js');
  registered.then(async () => (await navigator.serviceWorker.ready).active?.postMessage({ language: document.documentElement.lang })).catch(() => {});
  for (const button of document.querySelectorAll('button[data-take]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener('click', () => carry(button));
  }
}

/** @param {HTMLButtonElement} button */
async function carry(button) {
  const session = button.dataset.take ?? '';
  const line = button.parentElement?.querySelector('[data-take-status]');
  button.disabled = true;
  try {
    const { take } = await import('./offline-store.js');
    await navigator.serviceWorker.ready;
    const [me, answer] = await Promise.all([fetch('/api/me'), fetch(`/api/sessions/${encodeURIComponent(session)}/roster`, { cache: 'no-store' })]);
    if (!me.ok || !answer.ok) throw new Error(`status ${answer.status}`);
    const skew = (Date.parse(answer.headers.get('Date') ?? '') || Date.now()) - Date.now();
    const roster = await answer.json();
    const items = roster.items.map((/** @type {any} */ child) => ({ enrollment: child.enrollment, participant: child.participant, name: child.name, nameAr: child.nameAr, status: child.status }));
    await take(session, (await me.json()).caller, { title: button.dataset.title ?? '', date: roster.date, start: roster.start, items }, roster.version, skew);
    if (line instanceof HTMLElement) {
      line.hidden = false;
      line.textContent = button.dataset.taken ?? '';
    }
    document.querySelector('[data-taken-link]')?.removeAttribute('hidden');
  } catch {
    if (line instanceof HTMLElement) {
      line.hidden = false;
      line.textContent = button.dataset.failed ?? '';
    }
  } finally {
    button.disabled = false;
  }
}
