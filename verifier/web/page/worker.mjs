// The service worker: keeps the files of this version of the page, and answers for them alone.
//
// BUILD and FILES are written in by the build. A new version is a new worker with a cache of its own.
/* global BUILD, FILES */
const CACHE = `certify-verify-${BUILD}`;

self.addEventListener('install', event => event.waitUntil(kept()));
self.addEventListener('activate', event => event.waitUntil(current()));

self.addEventListener('fetch', event => {
  const {origin, pathname} = new URL(event.request.url);
  if(event.request.method === 'GET' && origin === self.location.origin && FILES.includes(pathname)) {
    event.respondWith(answer(event.request, pathname));
  }
});

async function kept() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map(path => new Request(path, {cache: 'no-cache'})));
  await self.skipWaiting();
}

async function current() {
  const old = (await caches.keys()).filter(name => name.startsWith('certify-verify-') && name !== CACHE);
  await Promise.all(old.map(name => caches.delete(name)));
  await self.clients.claim();
}

// By path alone: `?lang=` and `?id=` are for the page itself.
async function answer(request, pathname) {
  return await (await caches.open(CACHE)).match(pathname) ?? fetch(request);
}
