/** What another app shared into this one. The service worker has laid it aside. */
const STORE = 'earshot-shared'
const FILES = '/shared/files/'

export interface Shared {
  files: File[]
  /** Links, and what was around them. */
  text: string
}

/** Once: then it is the form’s. */
export async function takeShared(): Promise<Shared> {
  const store = await caches.open(STORE)
  const text = (await (await store.match('/shared/text'))?.text()) ?? ''
  const files: File[] = []
  for (const request of await store.keys()) {
    if (!new URL(request.url).pathname.startsWith(FILES)) continue
    const kept = await store.match(request)
    if (kept) files.push(await fileIn(kept))
  }
  await caches.delete(STORE)
  return { files, text }
}

async function fileIn(kept: Response): Promise<File> {
  const content = await kept.blob()
  return new File([content], decodeURIComponent(kept.headers.get('x-name') ?? ''), {
    type: content.type,
    lastModified: Number(kept.headers.get('x-modified')),
  })
}
