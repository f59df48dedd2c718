/** What the reference's examples speak of, made for them on a real server, and put in the place of their sample ids. */
import { readFile } from 'node:fs/promises'
import { vi } from 'vitest'
import { IDS } from '../../scripts/reference/example.ts'
import type { MediaItem, TranscriptionReply } from '../../src/contract/native.ts'
import type { ListPostsReply } from '../../src/contract/posts.ts'
import type { CreateShareReply } from '../../src/contract/shares.ts'
import type { VideoReply } from '../../src/contract/videos.ts'
import type { WebhookWithSecret } from '../../src/contract/webhooks.ts'
import { type NativeClient, nativeClient } from './native.ts'
import { toneAudio, toneProgramme, wav } from './tone.ts'

type Kind = keyof typeof IDS
type Things = Partial<Record<Kind, string>>

export interface ExampleThings {
  /** The text with the ids of things that are there. @param own made for this text alone, which changes them */
  filledIn(text: string, own: boolean): Promise<string>
}

export function exampleThings(origin: string, apiKey: string, file: string): ExampleThings {
  const native = nativeClient(origin, apiKey)
  const shared = new Map<Kind, Promise<Things>>()
  let seed = 100
  const make = (kind: Kind): Promise<Things> => MAKERS[kind]({ native, apiKey, file, seed: seed++ })
  return {
    async filledIn(text, own) {
      // What is made for another comes with it: a share brings its transcription.
      const wanted = (Object.keys(IDS) as Kind[]).filter((kind) => text.includes(IDS[kind])).reverse()
      let filled = text
      for (const kind of wanted) {
        if (!filled.includes(IDS[kind])) continue
        if (!own && !shared.has(kind)) shared.set(kind, make(kind))
        const things = own ? await make(kind) : await shared.get(kind)
        for (const [made, id] of Object.entries(things ?? {}))
          filled = filled.replaceAll(IDS[made as Kind], id)
      }
      return filled
    },
  }
}

interface Making {
  native: NativeClient
  apiKey: string
  file: string
  /** For a recording that nobody else has. */
  seed: number
}

const MAKERS: Record<Kind, (making: Making) => Promise<Things>> = {
  media,
  transcription,
  async batch(making) {
    const { media: mediaId } = await media(making)
    return { batch: await idOf(making, '/batches', { items: [{ mediaId }] }) }
  },
  async comment(making) {
    const things = await transcription(making)
    const body = { start: 0, end: 1, text: 'Which take is this?' }
    return {
      ...things,
      comment: await idOf(making, `/transcriptions/${things.transcription}/comments`, body),
    }
  },
  filmed,
  share: sharing,
  token: sharing,
  webhook,
  async delivery(making) {
    const things = await webhook(making)
    return { ...things, delivery: await idOf(making, `/webhooks/${things.webhook}/test`) }
  },
  async key(making) {
    return { key: await idOf(making, '/api-keys', { name: 'example' }) }
  },
  postAccount: (making) => postAccount(making),
  draft: (making) => drafted(making),
  post: scheduled,
  failedPost: failed,
  feed,
  async subscription(making) {
    const { feed: url } = await feed(making)
    return { subscription: await idOf(making, '/subscriptions', { url }) }
  },
  async upload({ native, file }) {
    const { length } = await readFile(file)
    const answer = await native.raw('/uploads', {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': String(length) },
    })
    return { upload: answer.headers.get('location')?.split('/').at(-1) ?? '' }
  },
}

/** A webhook of its own, at the platforms' double. @param path what becomes of its posts there */
async function postAccount({ native, seed }: Making, path = 'posts'): Promise<Things> {
  const url = `https://hooks.example.com/${path}/${seed}`
  return { postAccount: await idOf({ native }, '/post-accounts', { platform: 'webhook', url }) }
}

async function scheduled(making: Making): Promise<Things> {
  const { draft } = await drafted(making)
  const scheduledTime = new Date(Date.now() + 86_400_000).toISOString()
  return { post: await idOf(making, `/drafts/${draft}/publish`, { scheduledTime }) }
}

async function drafted(making: Making, path?: string): Promise<Things> {
  const things = await postAccount(making, path)
  const body = { accountIds: [things.postAccount], text: 'What we learned today.' }
  return { ...things, draft: await idOf(making, '/drafts', body) }
}

async function failed(making: Making): Promise<Things> {
  const { draft } = await drafted(making, 'gone')
  const failedPost = await idOf(making, `/drafts/${draft}/publish`, {})
  const state = async (): Promise<string | undefined> => {
    const { body } = await making.native.call<ListPostsReply>('GET', '/posts?limit=100')
    return body.items.find(({ id }) => id === failedPost)?.state
  }
  await vi.waitUntil(async () => (await state()) === 'failed', { timeout: 120_000, interval: 100 })
  return { failedPost }
}

async function feed({ seed }: Making): Promise<{ feed: string }> {
  return { feed: `https://feeds.example.com/talks-${seed}.xml` }
}

async function media({ native, apiKey, seed }: Making): Promise<Things> {
  const form = new FormData()
  form.set('file', new Blob([wav(toneAudio(toneProgramme(seed, 2), 2))]), `example-${seed}.wav`)
  const answer = await native.raw('/media', {
    method: 'POST',
    body: form,
    headers: { 'soku-api-key': apiKey },
  })
  if (answer.status !== 201) throw new Error(await answer.text())
  return { media: ((await answer.json()) as MediaItem).mediaId }
}

async function transcription(making: Making): Promise<Things> {
  const { media: mediaId } = await media(making)
  const { status, body } = await making.native.call<TranscriptionReply>('POST', '/transcriptions', {
    mediaId,
  })
  if (status !== 202) throw new Error(JSON.stringify(body))
  const { id, state, error } = await making.native.ended(body.id)
  if (state !== 'succeeded') throw new Error(JSON.stringify(error))
  return { transcription: id }
}

/** A transcription with a video. */
async function filmed(making: Making): Promise<Things> {
  const { transcription: id } = await transcription(making)
  const path = `/transcriptions/${id}/video`
  const asked = await making.native.call('POST', path, {})
  if (asked.status !== 202) throw new Error(JSON.stringify(asked.body))
  const isMade = async (): Promise<boolean> =>
    (await making.native.call<VideoReply>('GET', path)).body.video?.state === 'succeeded'
  await vi.waitUntil(isMade, { timeout: 240_000, interval: 100 })
  return { filmed: id! }
}

async function sharing(making: Making): Promise<Things> {
  const things = await transcription(making)
  const path = `/transcriptions/${things.transcription}/shares`
  const { body } = await making.native.call<CreateShareReply>('POST', path, {})
  return { ...things, share: body.id, token: body.token }
}

async function webhook({ native }: Making): Promise<Things> {
  const url = 'https://example.com/hook'
  return { webhook: (await native.call<WebhookWithSecret>('POST', '/webhooks', { url })).body.id }
}

async function idOf({ native }: Pick<Making, 'native'>, path: string, body?: object): Promise<string> {
  return (await native.call<{ id: string }>('POST', path, body)).body.id
}
