// A service worker that keeps every answer for good, as the first recipe of many tutorials does: what is
// in its cache is never asked for again. It ignores the query of addresses that have `ignoreSearch` in it.
/* global self, caches */
const opened = caches.open('cache-first');
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  // Only what is tested: the page's own files stay as they are.
  if (!event.request.url.includes('/endpoint/')) return;
  event.respondWith(answer(event.request));
});

async function answer(request) {
  const cache = await opened;
  const ignoreSearch = request.url.includes('ignoreSearch');
  const kept = await cache.match(request, { ignoreSearch });
  if (kept) return kept;
  const fresh = await fetch(request);
  // An answer whose status is an error, or that is a redirect, is kept too, if it can be.
  await cache.put(request, fresh.clone()).catch(() => {});
  return fresh;
}
