/**
 * Keeps the page’s own files, so that it opens where there is no network, and takes what other apps share. Never
 * answers of the API, and nothing of anybody’s recordings and transcripts.
 */
const SHELL = 'earshot-shell'
const SHARED = 'earshot-shared'
/** What the page looks like before it is anybody’s. */
const PAGE = '/'
/** Of the server’s, and no part of the page. */
const NOT_THE_PAGE = /^\/(?:api|v1|docs|openai|mcp|metrics)(?:\/|$)|\.\w+$/

// A new version is at work at once: this one may be at fault.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin) return
  if (request.method === 'POST' && pathname === '/share') event.respondWith(takeShared(request))
  else if (request.method !== 'GET') return
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (request.mode === 'navigate' && !NOT_THE_PAGE.test(pathname)) event.respondWith(page(request))
})

/** As the server has it now; as it was last where there is no answer. */
async function page(request) {
  try {
    const answer = await fetch(request)
    await keep(answer)
    return answer
  } catch (error) {
    const kept = await caches.match(PAGE, { cacheName: SHELL })
    if (kept) return kept
    throw error
  }
}

/** Another text is another version: what the one before it consisted of goes. */
async function keep(answer) {
  // A proxy’s own login comes by a redirect, or says nothing of our files.
  if (!answer.ok || answer.redirected) return
  const text = await answer.clone().text()
  if (!text.includes('<div id="root">')) return
  const kept = await caches.match(PAGE, { cacheName: SHELL })
  if ((await kept?.text()) === text) return
  await caches.delete(SHELL)
  const { headers } = answer
  await (await caches.open(SHELL)).put(PAGE, new Response(text, { headers }))
}

/** Its name has a hash of its content: what is there is right. */
async function asset(request) {
  const kept = await caches.match(request, { cacheName: SHELL })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone())
  return answer
}

/** Lays it where the page finds it, after a login if need be; only what was shared last. */
async function takeShared(request) {
  const form = await request.formData()
  await caches.delete(SHARED)
  const shared = await caches.open(SHARED)
  const files = form.getAll('files').filter((file) => file instanceof File && file.size > 0)
  for (const [k, file] of files.entries()) {
    const headers = { 'x-name': encodeURIComponent(file.name), 'x-modified': file.lastModified }
    await shared.put(`/shared/files/${k}`, new Response(file, { headers }))
  }
  const text = ['title', 'text', 'url'].flatMap((name) => form.get(name) || []).join('\n')
  await shared.put('/shared/text', new Response(text))
  return Response.redirect('/?shared', 303)
}
