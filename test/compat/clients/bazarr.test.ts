/** Bazarr's Whisper provider: its requests, sent as it sends them, by Python's requests. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { nativeClient } from '../../support/native.ts'
import { pythonWith } from '../../support/python-packages.ts'
import { earshot, newAccount, startServer, testFolder } from '../../support/server.ts'
import { type PlacedWord, type ToneWord, toneAudio, wav } from '../../support/tone.ts'
import { toneServer } from '../../support/tone-server.ts'
import { inGerman, writeToneWhisper } from '../../support/tone-whisper.ts'

const GERMAN: ToneWord[] = ['five', 'six', 'seven', 'eight', 'nine']
const SECONDS = 150
/** One word a second: much more than it takes to know the language. */
const words: PlacedWord[] = Array.from({ length: SECONDS - 1 }, (_, k) => ({
  word: GERMAN[k % GERMAN.length]!,
  at: k + 0.3,
}))
const recording = toneAudio(words, SECONDS)

/** Bazarr's provider, without what finds films and languages. */
const PROGRAM = `
import json, sys
from requests import Session

endpoint, path = sys.argv[1:]
out = open(path, "rb").read()
session = Session()
session.headers["User-Agent"] = "Subliminal/2"
video_name = None
r = session.post(f"{endpoint}/detect-language",
                 params={"encode": "false", "video_file": {video_name}},
                 files={"audio_file": out}, timeout=(5, 3600))
detected = r.json()
r = session.post(f"{endpoint}/asr",
                 params={"task": "transcribe", "language": "de", "output": "srt", "encode": "false",
                         "video_file": {"/films/Das Boot (1981).mkv"}},
                 files={"audio_file": out}, timeout=(5, 3600))
print(json.dumps({"detected": detected, "status": r.status_code, "srt": r.content.decode()}))
`

const server = toneServer(({ files }) => ({ EARSHOT_MODEL: writeToneWhisper(join(files, 'model')) }))

/** The text of an SRT or VTT file. */
const textOf = (file: string): string =>
  file
    .split('\n')
    .filter((line) => /[a-zäöü]/i.test(line) && !line.startsWith('WEBVTT'))
    .join(' ')

async function post(
  path: string,
  body: Uint8Array,
  key = server.apiKey,
  field = 'audio_file',
): Promise<Response> {
  const form = new FormData()
  form.append(field, new Blob([body as Uint8Array<ArrayBuffer>]), 'film.wav')
  return fetch(server.origin + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: form,
  })
}
const file = wav(recording)
const short = wav(toneAudio(words.slice(0, 5), 6))

it('finds out the language, then makes subtitles, with the key in the endpoint’s address', async () => {
  const account = await newAccount(server.dataDir, 10)
  const program = join(server.files, 'bazarr.py')
  const pcm = join(server.files, 'film.pcm')
  await writeFile(program, PROGRAM)
  await writeFile(pcm, Buffer.from(recording.buffer))
  const endpoint = server.origin.replace('http://', `http://bazarr:${account.apiKey}@`)
  const { stdout } = await promisify(execFile)(pythonWith('requests'), [program, endpoint, pcm], {
    maxBuffer: 1 << 24,
  })
  const { detected, status, srt } = JSON.parse(stdout) as { detected: object; status: number; srt: string }
  expect(detected).toMatchObject({ detected_language: 'german', language_code: 'de' })
  expect(status).toBe(200)
  expect(srt).toMatch(/^1\n00:00:00,\d{3} --> 00:00:\d\d,\d{3}\n/)
  // The toy writes each tone of a part once.
  expect(new Set(textOf(srt).split(' '))).toEqual(new Set(inGerman(GERMAN)))
  const [, minutes, seconds] = /--> 00:(\d\d):(\d\d),\d{3}\n[^\n]+\n$/.exec(srt)!
  expect(Number(minutes) * 60 + Number(seconds)).toBeGreaterThan(SECONDS - 30)

  // A minute for the language, three for the film; both are one file of the library, named after the film.
  const client = nativeClient(server.origin, account.apiKey)
  const { items } = (await client.call<{ items: Record<string, unknown>[] }>('GET', '/transcriptions')).body
  expect(items.map(({ surface, creditsDebited }) => [surface, creditsDebited])).toEqual([
    ['asr', 3],
    ['asr', 1],
  ])
  const media = (await client.call<{ items: unknown[] }>('GET', '/media')).body.items
  expect(media).toHaveLength(1)
  expect((await earshot(server.dataDir, ['credits', 'audit'])).code).toBe(0)
})

it('a film that is asked for again, since Bazarr gave up, is heard and paid for once', async () => {
  const account = await newAccount(server.dataDir, 3)
  const client = nativeClient(server.origin, account.apiKey)
  const listed = async () =>
    (await client.call<{ items: { creditsDebited: number | null }[] }>('GET', '/transcriptions')).body.items
  const patience = new AbortController()
  const form = new FormData()
  form.append('audio_file', new Blob([file]), 'film.wav')
  const headers = { authorization: `Bearer ${account.apiKey}` }
  const path = `${server.origin}/asr?output=srt`
  const given = fetch(path, { method: 'POST', headers, body: form, signal: patience.signal })
  given.catch(() => {})
  while ((await listed()).length === 0) await new Promise((done) => setTimeout(done, 50))
  patience.abort()
  const again = await post('/asr?output=srt', file, account.apiKey)
  expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('-->')])
  expect((await listed()).map(({ creditsDebited }) => creditsDebited)).toEqual([3])
})

describe('POST /asr', () => {
  it.each([
    ['txt', /^fünf sechs sieben acht neun\n$/],
    ['vtt', /^WEBVTT\n\n00:00:00\.\d{3} --> /],
    ['tsv', /^start\tend\ttext\n\d+\t\d+\tfünf /],
  ])('output=%s', async (output, shape) => {
    const answer = await post(`/asr?output=${output}&language=de`, short)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('earshot-model')).toBe('toy-whisper')
    expect(await answer.text()).toMatch(shape)
  })

  it('output=json, with the times of words', async () => {
    const answer = await post('/asr?output=json&word_timestamps=true', short)
    const { text, language, segments } = JSON.parse(await answer.text()) as {
      text: string
      language: string
      segments: { start: number; text: string; words: { word: string; start: number }[] }[]
    }
    expect({ text, language }).toEqual({ text: 'fünf sechs sieben acht neun', language: 'de' })
    const heard = segments.flatMap((segment) => segment.words)
    expect(heard.map(({ word }) => word.trim())).toEqual(text.split(' '))
    const starts = heard.map(({ start }) => start)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(Math.max(...starts)).toBeLessThan(6)
    const plain = await post('/asr?output=json', short)
    expect(JSON.parse(await plain.text())).toMatchObject({ segments: [{ words: null }] })
  })

  it('task=translate', async () => {
    const answer = await post('/asr?task=translate', short)
    expect(await answer.text()).toBe('five six seven eight nine\n')
  })

  it('a WAV file that is said to be PCM is one all the same', async () => {
    const answer = await post('/asr?encode=false&language=de', short)
    expect(await answer.text()).toBe('fünf sechs sieben acht neun\n')
  })

  it('an Idempotency-Key: charged once, and told the same again', async () => {
    const ask = async () => {
      const form = new FormData()
      form.append('audio_file', new Blob([short]), 'clip.wav')
      const headers = { authorization: `Bearer ${server.apiKey}`, 'idempotency-key': 'clip' }
      return fetch(`${server.origin}/asr`, { method: 'POST', headers, body: form })
    }
    const first = await ask()
    const again = await ask()
    expect(await again.text()).toBe(await first.text())
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.headers.get('earshot-model')).toBe('toy-whisper')
  })
})

describe('errors are FastAPI’s', () => {
  const refused = async (answer: Promise<Response>): Promise<{ status: number; body: unknown }> => ({
    status: (await answer).status,
    body: await (await answer).json(),
  })

  it.each([
    ['task=sing', 'task'],
    ['output=docx', 'output'],
    ['language=xx', 'language'],
    ['encode=perhaps', 'encode'],
    ['max_speakers=3', 'max_speakers'],
  ])('?%s', async (query, field) => {
    const { status, body } = await refused(post(`/asr?${query}`, short))
    expect(status).toBe(422)
    expect(body).toMatchObject({ detail: [{ loc: ['query', field] }] })
  })

  it('the file in another field, or none', async () => {
    const { status, body } = await refused(post('/asr', short, server.apiKey, 'file'))
    expect(status).toBe(422)
    expect(body).toMatchObject({ detail: [{ loc: ['body', 'audio_file'] }] })
    const bare = await fetch(`${server.origin}/asr`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}` },
    })
    expect(bare.status).toBe(422)
  })

  it('no key, a wrong one, no credits, no media', async () => {
    const none = await fetch(`${server.origin}/asr`, { method: 'POST' })
    expect([none.status, await none.json()]).toEqual([401, { detail: expect.stringContaining('API key') }])
    expect((await refused(post('/asr', short, 'sk_live_wrong'))).status).toBe(401)
    const poor = (await newAccount(server.dataDir, 0)).apiKey
    expect((await refused(post('/asr', short, poor))).status).toBe(402)
    expect(await refused(post('/asr', Buffer.from('a letter')))).toMatchObject({
      status: 400,
      body: { detail: expect.any(String) },
    })
  })
})

describe('POST /detect-language', () => {
  it('of a file', async () => {
    const answer = await post('/detect-language', file)
    expect(await answer.json()).toEqual({
      detected_language: 'german',
      language_code: 'de',
      confidence: expect.closeTo(1, 1),
    })
  })

  it('of silence: nothing', async () => {
    const answer = await post('/detect-language', wav(toneAudio([], 5)))
    expect([answer.status, await answer.json()]).toEqual([200, {}])
  })
})

it('not served where it is turned off', async () => {
  const other = await testFolder()
  const off = await startServer(other.dataDir, {
    EARSHOT_MODEL: other.model,
    EARSHOT_APIS_OFF: 'asr, inference, listen, mcp',
  })
  try {
    const headers = { authorization: `Bearer ${off.apiKey}` }
    for (const path of ['/asr', '/detect-language', '/inference', '/v1/listen', '/mcp'])
      expect([path, (await fetch(off.origin + path, { method: 'POST', headers })).status]).toEqual([
        path,
        404,
      ])
  } finally {
    await off.stop()
    await other.remove()
  }
  const { code, stderr } = await earshot(server.dataDir, ['serve'], { EARSHOT_APIS_OFF: 'asr, deepgram' })
  expect([code, stderr]).toEqual([1, expect.stringContaining('EARSHOT_APIS_OFF')])
})
