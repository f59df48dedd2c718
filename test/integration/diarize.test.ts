/** `diarize: true`: every segment says who speaks, through the real engine and the real diarization. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CapabilitiesReply, TranscriptionReply } from '../../src/contract/native.ts'
import type { SpeakerRun, SpeakersReply } from '../../src/contract/speakers.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'
import { voiceOf, writeVoiceModels } from '../support/voices.ts'

const SECONDS = 150
const words = toneProgramme(31, SECONDS)
const recording = new Uint8Array(wav(toneAudio(words, SECONDS)))
const first = voiceOf(words[0]!.word)
const nameOf = (word: string): string =>
  voiceOf(word as (typeof words)[number]['word']) === first ? 'Speaker 1' : 'Speaker 2'
const truth = words.map(({ word }) => `${nameOf(word)}: ${word}`)

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: NativeClient
let mediaId: string

async function begin(dataDir: string): Promise<void> {
  server = await startServer(dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  apiKey = (await newAccount(dataDir, 1000)).apiKey
  client = nativeClient(server.origin, apiKey)
  mediaId = (await upload(server.origin, apiKey, recording)).body.mediaId
}

async function asOpenAi(fields: Record<string, string>): Promise<Response> {
  const form = new FormData()
  form.append('file', new Blob([recording]), 'talk.wav')
  for (const [name, value] of Object.entries({ model: 'whisper-1', ...fields })) form.append(name, value)
  const headers = { authorization: `Bearer ${apiKey}` }
  return fetch(`${server.origin}/v1/audio/transcriptions`, { method: 'POST', headers, body: form })
}

interface Said {
  segments: { text: string; speaker: string; type?: string; id?: string | number }[]
}
const saidIn = ({ segments }: Said): string[] =>
  segments.flatMap(({ text, speaker }) =>
    text
      .trim()
      .split(' ')
      .map((word) => `${speaker}: ${word}`),
  )

beforeAll(async () => {
  folder = await testFolder()
})
afterAll(() => folder?.remove())

describe('with the models', () => {
  beforeAll(async () => {
    writeVoiceModels(join(folder.dataDir, 'models/diarization'))
    await begin(folder.dataDir)
  })
  afterAll(() => server?.stop())

  it('every word has its speaker, in the reply and in every export', async () => {
    const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
      mediaId,
      diarize: true,
    })
    expect(body).toMatchObject({ diarize: true })
    const done = await client.ended(body.id)
    expect(done.state).toBe('succeeded')
    expect(saidIn(done.transcript as Said)).toEqual(truth)
    expect(done.transcript!.segments.flatMap((s) => s.words?.map(({ word }) => word))).toEqual(
      words.map(({ word }) => word),
    )
    const exported = async (format: string): Promise<string> =>
      (await client.raw(`/transcriptions/${done.id}.${format}`)).text()
    expect(await exported('srt')).toContain('\nSpeaker 1: ')
    expect(await exported('vtt')).toContain('\n<v Speaker 2>')
    expect(await exported('txt')).toMatch(/^Speaker 1: .*\n\nSpeaker 2: /)
    expect(saidIn(JSON.parse(await exported('json')) as Said)).toEqual(truth)
  })

  it('not where nobody asked for it', async () => {
    const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })
    const done = await client.ended(body.id)
    expect(done).toMatchObject({ state: 'succeeded', diarize: false })
    expect(JSON.stringify(done)).not.toContain('Speaker')
  })

  it('as OpenAI’s clients ask for it', async () => {
    const diarized = await asOpenAi({ model: 'gpt-4o-transcribe-diarize', response_format: 'diarized_json' })
    const body = (await diarized.json()) as Said
    expect(saidIn(body)).toEqual(truth)
    expect(body).toMatchObject({ task: 'transcribe', duration: SECONDS })
    expect(body.segments[0]).toMatchObject({ type: 'transcript.text.segment', id: 'seg_001' })
    const verbose = await asOpenAi({ diarize: 'true', response_format: 'verbose_json' })
    expect(saidIn((await verbose.json()) as Said)).toEqual(truth)
  })

  describe('told apart again, without recognising anew', () => {
    const speakersOf = async (id: string): Promise<SpeakerRun> => {
      const read = async (): Promise<SpeakerRun> =>
        (await client.call<SpeakersReply>('GET', `/transcriptions/${id}/speakers`)).body.run!
      await vi.waitUntil(async () => /succeeded|failed/.test((await read()).state), {
        timeout: 120_000,
        interval: 100,
      })
      return read()
    }
    const again = async (id: string, speakers: number | 'auto'): Promise<SpeakerRun> => {
      const path = `/transcriptions/${id}/speakers`
      const { status, body } = await client.call<SpeakersReply>('POST', path, { speakers })
      expect(status).toBe(202)
      expect(body.run).toMatchObject({ speakers, error: null })
      return speakersOf(id)
    }
    const read = async (id: string) =>
      (await client.call<TranscriptionReply>('GET', `/transcriptions/${id}`)).body
    let id: string
    beforeAll(async () => {
      id = (await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })).body.id
      await client.ended(id)
    })

    it('where nobody had been told apart, and with names that were given', async () => {
      const none = await client.call<SpeakersReply>('GET', `/transcriptions/${id}/speakers`)
      expect(none).toMatchObject({ status: 200, body: { run: null } })
      const { creditsDebited } = await read(id)
      expect(await again(id, 'auto')).toMatchObject({ state: 'succeeded', pct: 100, found: 2, version: 1 })
      expect(saidIn((await read(id)).transcript as Said)).toEqual(truth)

      const segments = (await read(id)).transcript!.segments.map((segment) => ({
        ...segment,
        speaker: segment.speaker === 'Speaker 1' ? 'Ann' : 'Ben',
      }))
      await client.call('PATCH', `/transcriptions/${id}`, { segments, version: 1 })
      expect(await again(id, 1)).toMatchObject({ state: 'succeeded', found: 1, version: 3 })
      const alone = (await read(id)).transcript!
      expect(new Set(alone.segments.map(({ speaker }) => speaker)).size).toBe(1)
      expect(alone.segments.flatMap((s) => s.words?.map(({ word }) => word))).toEqual(
        words.map(({ word }) => word),
      )
      expect(await again(id, 2)).toMatchObject({ state: 'succeeded', found: 2, version: 4 })
      const { transcript, creditsDebited: later } = await read(id)
      const names = [...new Set(transcript!.segments.map(({ speaker }) => speaker))]
      expect(names).toHaveLength(2)
      expect(names).toContainEqual(expect.stringMatching(/^(Ann|Ben)$/))
      expect(later).toBe(creditsDebited)
    })

    it('survives the death of the server', async () => {
      await client.call('PATCH', `/transcriptions/${id}`, { revert: true })
      const asked = await client.call('POST', `/transcriptions/${id}/speakers`, { speakers: 2 })
      expect(asked.status).toBe(202)
      await server.kill()
      server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
      client = nativeClient(server.origin, apiKey)
      expect(await speakersOf(id)).toMatchObject({ state: 'succeeded', found: 2, error: null })
      expect(saidIn((await read(id)).transcript as Said)).toEqual(truth)
    })

    it('says what is wrong', async () => {
      const path = `/transcriptions/${id}/speakers`
      for (const speakers of [0, 1.5, 'two', 1000])
        expect(await client.call('POST', path, { speakers })).toMatchObject({
          status: 400,
          body: { error: { details: { field: 'speakers' } } },
        })
      await client.call('DELETE', `/media/${mediaId}`)
      expect(await client.call('POST', path, { speakers: 2 })).toMatchObject({
        status: 404,
        body: {
          error: {
            message: expect.stringContaining('no longer stored here'),
            details: { reasonCode: 'media.missing' },
          },
        },
      })
      mediaId = (await upload(server.origin, apiKey, recording)).body.mediaId
    })
  })

  it('is one of the capabilities, and no model of its own', async () => {
    const { body } = await client.call<CapabilitiesReply>('GET', '/capabilities')
    expect(body.diarizes).toBe(true)
    expect(body.models.map(({ name }) => name)).toEqual(['model'])
  })

  it('contradicts captions', async () => {
    const link = { url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', mode: 'captions', diarize: true }
    expect(await client.call('POST', '/transcriptions', link)).toMatchObject({
      status: 400,
      body: { error: { details: { field: 'diarize' } } },
    })
  })

  it('on the command line', async () => {
    const file = join(folder.dataDir, 'talk.wav')
    writeFileSync(file, recording)
    const { stdout, code } = await earshot(
      folder.dataDir,
      ['transcribe', file, '--diarize', '--format', 'json'],
      { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' },
    )
    expect(code).toBe(0)
    expect(saidIn(JSON.parse(stdout) as Said)).toEqual(truth)
  })
})

describe('without the models', () => {
  let bare: Awaited<ReturnType<typeof testFolder>>
  beforeAll(async () => {
    bare = await testFolder()
    await begin(bare.dataDir)
  })
  afterAll(async () => {
    await server?.stop()
    await bare?.remove()
  })

  it('is refused with how to get them, and nothing is held', async () => {
    const asked = await client.call('POST', '/transcriptions', { mediaId, diarize: true })
    expect(asked).toMatchObject({
      status: 400,
      body: {
        error: {
          message: expect.stringContaining('earshot models pull diarization'),
          details: { field: 'diarize' },
        },
      },
    })
    const again = await client.call('POST', '/transcriptions/tj_none/speakers', { speakers: 2 })
    expect(again).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('earshot models pull diarization') } },
    })
    const form = await asOpenAi({ response_format: 'diarized_json' })
    expect(form.status).toBe(400)
    expect(await form.text()).toContain('earshot models pull diarization')
    const { body } = await client.call<CapabilitiesReply>('GET', '/capabilities')
    expect(body.diarizes).toBe(false)
    const file = join(bare.dataDir, 'talk.wav')
    writeFileSync(file, recording)
    const { stderr, code } = await earshot(bare.dataDir, ['transcribe', file, '--diarize'], {
      EARSHOT_MODEL: folder.model,
    })
    expect(code).toBe(1)
    expect(stderr).toContain('earshot models pull diarization')
  })
})
