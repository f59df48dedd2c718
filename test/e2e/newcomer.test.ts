/** What somebody meets who starts Earshot for the first time: trained weights, out of Python packages. */
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cachedPackages, NO_HUB } from '../support/packages.ts'
import { earshot, startServer, type TestServer, testFolder } from '../support/server.ts'
import { fixture, knownSpeech } from '../support/speech.ts'

const { env: packages, missing } = await cachedPackages()
const settings = { ...packages, EARSHOT_MODELS_URL: NO_HUB, EARSHOT_SLOTS: '1' }
const SAMPLE = join(import.meta.dirname, '../../samples/hello.flac')
/** As scripts/make-sample.mjs has them. */
const SAMPLE_TEXT =
  'Good morning. This is the first recording that we made for you today. The children went to school in the morning and came home in the afternoon.'

interface Word {
  word: string
  start: number
  end: number
  probability?: number
}

interface Verbose {
  task: string
  language: string
  duration: number
  text: string
  words: Word[]
  segments: {
    start: number
    end: number
    text: string
    tokens: number[]
    temperature: number
    avg_logprob: number
    compression_ratio: number
    no_speech_prob: number
  }[]
}

/** Words as they are said: Whisper writes “Mr.” and “ill-disposed”. */
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('-', ' ')
    .replaceAll(/[^a-z' ]/g, '')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (word === 'mr' ? 'mister' : word))

function expectTimes(words: readonly Word[], seconds: number): void {
  words.forEach(({ start, end }, i) => {
    expect(start).toBeGreaterThanOrEqual(words[i - 1]?.end ?? 0)
    expect(end).toBeGreaterThan(start)
    expect(end).toBeLessThanOrEqual(seconds)
  })
}

describe.skipIf(missing)(`the first start, with no hub to be reached${missing ? `: ${missing}` : ''}`, () => {
  let folder: Awaited<ReturnType<typeof testFolder>>
  let server: TestServer
  beforeAll(async () => {
    folder = await testFolder()
    server = await startServer(folder.dataDir, settings)
  })
  afterAll(async () => {
    await server?.stop()
    await folder?.remove()
  })

  async function ask(path: string, fields: [string, string][] = []): Promise<Response> {
    const form = new FormData()
    form.append('file', await openAsBlob(path), 'speech.flac')
    form.append('model', 'whisper-1')
    for (const [name, value] of fields) form.append(name, value)
    const response = await fetch(`${server.origin}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}` },
      body: form,
    })
    expect(response.status).toBe(200)
    return response
  }
  const textOf = async (path: string): Promise<string> =>
    ((await (await ask(path)).json()) as { text: string }).text

  it('the key that was printed, and a recording: every word, by Whisper', async () => {
    const { text, seconds } = knownSpeech('jfk')
    const response = await ask(fixture('jfk.flac'), [
      ['response_format', 'verbose_json'],
      ['timestamp_granularities[]', 'word'],
      ['timestamp_granularities[]', 'segment'],
    ])
    expect(response.headers.get('earshot-model')).toBe('whisper-base')
    expect(response.headers.get('earshot-stand-in')).toBeNull()
    const heard = (await response.json()) as Verbose
    expect(wordsOf(heard.text)).toEqual(wordsOf(text))
    expect(heard).toMatchObject({ task: 'transcribe', language: 'english', duration: seconds })
    expect(wordsOf(heard.words.map(({ word }) => word).join(' '))).toEqual(wordsOf(text))
    expectTimes(heard.words, seconds)
    expect(heard.segments.length).toBeGreaterThan(0)
    for (const segment of heard.segments) {
      expect(segment.tokens.length).toBeGreaterThanOrEqual(segment.text.trim().split(' ').length)
      expect(segment.temperature).toBe(0)
      expect(segment.avg_logprob).toBeLessThan(0)
      expect(segment.avg_logprob).toBeGreaterThan(-1)
      expect(segment.no_speech_prob).toBeGreaterThan(0)
      expect(segment.no_speech_prob).toBeLessThan(0.5)
      expect(segment.compression_ratio).toBeGreaterThan(0.5)
      expect(segment.compression_ratio).toBeLessThan(2.4)
    }
  })

  it('is not said to be a stand-in', async () => {
    const ready = (await (await fetch(`${server.origin}/readyz`)).json()) as { engines: object[] }
    expect(ready.engines).toMatchObject([{ standIn: false }])
    expect(server.output()).not.toContain('stands in')
  })

  it('the greeting’s own sample, and two sounds at once as each alone', async () => {
    const paths = [SAMPLE, fixture('jfk.flac')]
    const alone: string[] = []
    for (const path of paths) alone.push(await textOf(path))
    expect(wordsOf(alone[0]!)).toEqual(wordsOf(SAMPLE_TEXT))
    expect(await Promise.all(paths.map(textOf))).toEqual(alone)
  })

  it('the command line: every word, and when it was said', async () => {
    const { text, seconds, parts } = knownSpeech('librivox')
    const args = ['transcribe', fixture('librivox.flac'), '--format', 'json']
    const { code, stdout, stderr } = await earshot(folder.dataDir, args, settings)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const heard = JSON.parse(stdout) as { language: string; text: string; words: Word[] }
    expect(heard.language).toBe('en')
    expect(wordsOf(heard.text)).toEqual(wordsOf(text))
    expectTimes(heard.words, seconds)
    const starts = parts!.flatMap(({ words }) => words.map(({ start }) => start))
    const errors = heard.words.map(({ start }, i) => Math.abs(start - starts[i]!)).sort((a, b) => a - b)
    expect(heard.words).toHaveLength(starts.length)
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.15)
  })
})
