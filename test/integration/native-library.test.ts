/** What a page needs to know about the library as a whole: what there is, what can be asked, many at once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type {
  CapabilitiesReply,
  DeleteTranscriptionsReply,
  FacetsReply,
  ListTranscriptionsReply,
  TranscriptionReply,
} from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: NativeClient
let stranger: NativeClient
let fromFiles: string[]
let fromAddress: string

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_PRICE_SOKU: '3/min',
    EARSHOT_MAX_UPLOAD_MB: '7',
  })
  apiKey = (await newAccount(folder.dataDir)).apiKey
  client = nativeClient(server.origin, apiKey)
  stranger = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
  const file = new Uint8Array(wav(toneAudio(toneProgramme(1, 5), 5)))
  const { body } = await upload(server.origin, apiKey, file)
  const make = async (input: Record<string, unknown>): Promise<string> => {
    const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', input)
    await client.ended(body.id)
    return body.id
  }
  fromFiles = [
    await make({ mediaId: body.mediaId, language: 'en' }),
    await make({ mediaId: body.mediaId, language: 'en' }),
    await make({ mediaId: body.mediaId, language: 'de' }),
  ]
  // The guard lets nobody in here, so this one fails.
  fromAddress = await make({ url: 'http://127.0.0.1/talk.mp3' })
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const facets = async (who = client): Promise<FacetsReply> =>
  (await who.call<FacetsReply>('GET', '/transcriptions/facets')).body
const listed = async (query: string): Promise<string[]> =>
  (await client.call<ListTranscriptionsReply>('GET', `/transcriptions?${query}`)).body.items.map(
    ({ id }) => id,
  )

it('says what can be asked, and what it costs', async () => {
  const { body } = await client.call<CapabilitiesReply>('GET', '/capabilities')
  expect(body).toMatchObject({
    models: [{ name: 'model', standIn: false, wordTimes: true, translates: false, prompts: false }],
    price: { kind: 'per_minute', credits: 3 },
    defaultMode: 'auto',
    maxUploadBytes: 7 * 1024 * 1024,
    maxMediaSeconds: 86_400,
  })
})

it('counts what is there, the most frequent first, and nobody else’s', async () => {
  expect(await facets()).toEqual({
    total: 4,
    states: [
      { state: 'succeeded', count: 3 },
      { state: 'failed', count: 1 },
    ],
    sources: [
      { source: 'upload', count: 3 },
      { source: 'url', count: 1 },
    ],
    languages: [
      { language: 'en', count: 2 },
      { language: 'de', count: 1 },
    ],
  })
  expect((await facets(stranger)).total).toBe(0)
})

it('lists by where the media came from', async () => {
  expect(await listed('source=upload')).toEqual([...fromFiles].reverse())
  expect(await listed('source=url')).toEqual([fromAddress])
  expect(await listed('source=youtube')).toEqual([])
  expect((await client.call('GET', '/transcriptions?source=elsewhere')).status).toBe(400)
})

it('cancels what is under way, which stays listed', async () => {
  const { body: media } = await upload(server.origin, apiKey, new Uint8Array(wav(toneAudio([], 200))))
  const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
    mediaId: media.mediaId,
  })
  const answer = await client.call<DeleteTranscriptionsReply>('POST', '/transcriptions/delete', {
    ids: [body.id],
  })
  expect(answer.body.items).toEqual([{ id: body.id, outcome: 'cancelled' }])
  expect(await listed('state=cancelled')).toEqual([body.id])
})

it('removes many at once, and passes over what is not there', async () => {
  const remove = (who: NativeClient, ids: string[]) =>
    who.call<DeleteTranscriptionsReply>('POST', '/transcriptions/delete', { ids })
  expect((await remove(stranger, fromFiles)).body.items).toEqual([])
  const { total } = await facets()
  const [first = '', second = ''] = fromFiles
  const { body } = await remove(client, [first, second, first, 'tj_nothing'])
  expect(new Set(body.items.map(({ id, outcome }) => `${id} ${outcome}`))).toEqual(
    new Set([`${first} removed`, `${second} removed`]),
  )
  expect((await facets()).total).toBe(total - 2)
  expect((await client.call('GET', `/transcriptions/${first}`)).status).toBe(404)
  expect((await remove(client, [])).status).toBe(400)
})
