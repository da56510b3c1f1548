// The service worker of an app, after the build has filled in the names. It keeps the files of the app, so that the app
// opens without a network. It never sees a response of the API: it handles no request but those for pages and files of
// the app.
const APP = '__APP__';
const CACHE = `${APP}-__VERSION__`;
const FILES = '__FILES__';
/** With bad reception, a request may take minutes to fail. */
const MAX_WAIT_MILLISECONDS = 3_000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const removeOld = async () => {
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith(`${APP}-`) && name !== CACHE).map((name) => caches.delete(name)),
    );
    await self.clients.claim();
  };
  event.waitUntil(removeOld());
});

/** The page as it is now, or as it was kept if the server does not answer soon or cannot. */
async function pageOf(request) {
  const kept = await caches.match(`/${APP}`);
  if (!kept) return fetch(request);
  const fresh = fetch(request).then(
    (response) => (response.status >= 500 ? kept : response),
    () => kept,
  );
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), MAX_WAIT_MILLISECONDS));
  return Promise.race([fresh, late]);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const isPage = request.mode === 'navigate' && (url.pathname === `/${APP}` || url.pathname.startsWith(`/${APP}/`));
  if (isPage) event.respondWith(pageOf(request));
  else if (FILES.includes(url.pathname))
    event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)));
});
