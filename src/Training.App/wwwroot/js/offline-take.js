// The button that takes sessions along for work without a network; hidden where the browser cannot keep them safely.
//   <button type="button" data-take="SESSION SESSION…" [data-title="…"] data-taken="… {n} …" data-failed="… {n} …" [data-taking="{n} / {all}"] hidden>
if ('serviceWorker' in navigator && 'indexedDB' in window && crypto.subtle) {
  const registered = navigator.serviceWorker.register('/service-worker.js');
  registered.then(async () => (await navigator.serviceWorker.ready).active?.postMessage({ language: document.documentElement.lang })).catch(() => {});
  for (const button of document.querySelectorAll('button[data-take]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    // What does it is fetched when it is asked for. Without a network there is nothing to take either.
    button.addEventListener('click', () => import('./offline-carry.js').then(({ carry }) => carry(button)));
  }
}
