import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { toneAudio } from '../../../../test/support/tone.ts'
import {
  type Behaviour,
  startTranscriptionDouble,
  type TranscriptionDouble,
} from '../../../../test/support/transcription-double.ts'
import type { Engine } from '../../../ports/engine.ts'
import { engineContract } from '../engine.contract.ts'
import { createRemoteEngine, type RemoteOptions } from './engine.ts'

const KEY = 'sk-a-key-that-nobody-may-read'
const never = new AbortController().signal
const speech = toneAudio([
  { word: 'three', at: 0.4 },
  { word: 'one', at: 1.1 },
  { word: 'four', at: 1.6 },
])

let double: TranscriptionDouble
const troubles: string[] = []
const engines: Engine[] = []
beforeAll(async () => {
  double = await startTranscriptionDouble(KEY)
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close(0)
  Object.assign(double, { next: [], asked: [], most: 0, rule: undefined, gate: undefined })
  troubles.length = 0
})
afterAll(() => double.close())

const settings = (): RemoteOptions => ({
  url: double.url,
  key: KEY,
  model: 'whisper-large',
  slots: 2,
  splitter: 'energy',
  timeoutMs: 10_000,
  backOffMs: 1,
  onTrouble: (message) => troubles.push(message),
})

function engine(options: Partial<RemoteOptions> = {}): Engine {
  const made = createRemoteEngine({ ...settings(), ...options })
  engines.push(made)
  return made
}

engineContract('a server', () => ({
  start: async () => createRemoteEngine(settings()),
  speech: { pcm: speech, words: ['three', 'one', 'four'], firstAt: 0.4, tolerance: 0.06 },
}))

const error = (status: number, headers: Record<string, string> = {}, code = 'some_code'): Behaviour => ({
  status,
  headers,
  body: JSON.stringify({ error: { code, message: `secret speech, ${KEY}` } }),
})
const said = (answer: unknown): Behaviour => ({ status: 200, body: JSON.stringify(answer) })

describe('what passes is tried again', () => {
  it.each<[string, Behaviour]>([
    ['500', error(500)],
    ['502 in HTML', { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Gateway</h1>' }],
    ['429', error(429)],
    ['429 with a time to wait', error(429, { 'retry-after': '0' })],
    ['429 until a moment that has passed', error(429, { 'retry-after': 'Sat, 01 Jan 2000 00:00:00 GMT' })],
    ['a connection that is reset', 'reset'],
    ['a body that is cut off', 'cut off'],
    ['a body that is no JSON', { status: 200, body: '{"text": "thr' }],
    ['an empty body', { status: 200, body: '' }],
    ['JSON that is no transcription', said({ segments: 7 })],
    [
      'a page that is said to be fine',
      { status: 200, headers: { 'content-type': 'text/html' }, body: 'Welcome' },
    ],
  ])('%s', async (_, behaviour) => {
    double.next = [behaviour, behaviour]
    expect((await engine().recognise(speech, {}, never)).text).toBe('three one four')
    expect(double.asked).toHaveLength(3)
    expect(troubles).toHaveLength(2)
    expect(troubles.join()).not.toMatch(/secret|three/)
    expect(troubles.join()).not.toContain(KEY)
  })

  it.each<Behaviour>(['hang', 'hang in the middle'])('once, where it does not end: %s', async (behaviour) => {
    double.next = [behaviour]
    expect((await engine({ timeoutMs: 400 }).recognise(speech, {}, never)).text).toBe('three one four')
    double.next = [behaviour, behaviour]
    await expect(engine({ timeoutMs: 400 }).recognise(speech, {}, never)).rejects.toMatchObject({
      code: 'hung',
    })
  })
})

describe('what does not pass ends the part', () => {
  it('a server that fails again and again', async () => {
    double.rule = () => error(503)
    const remote = engine()
    await expect(remote.recognise(speech, {}, never)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('HTTP 503, some_code'),
    })
    expect(double.asked).toHaveLength(5)
    expect(remote.slotStates().map(({ state }) => state)).toContain('down')
    double.rule = undefined
    expect((await remote.recognise(speech, {}, never)).text).toBe('three one four')
    expect(remote.slotStates().map(({ state }) => state)).toEqual(['idle', 'idle'])
  })

  it('a server that wants to be left alone for an hour', async () => {
    double.next = [error(429, { 'retry-after': '3600' })]
    await expect(engine().recognise(speech, {}, never)).rejects.toMatchObject({ code: 'unavailable' })
    expect(double.asked).toHaveLength(1)
  })

  it.each([
    [401, 'unavailable'],
    [403, 'unavailable'],
    [404, 'failed'],
    [413, 'failed'],
  ])('%i', async (status, code) => {
    double.rule = () => error(status)
    await expect(engine().recognise(speech, {}, never)).rejects.toMatchObject({ code })
    expect(double.asked).toHaveLength(1)
    expect(troubles.join()).toContain(`HTTP ${status}, some_code`)
    expect(troubles.join()).not.toContain(KEY)
  })

  it('a redirect: the audio goes only where the operator sent it', async () => {
    double.rule = () => error(307, { location: 'http://127.0.0.1:1/elsewhere' })
    await expect(engine().recognise(speech, {}, never)).rejects.toMatchObject({ code: 'failed' })
  })

  it('JSON that is never a transcription', async () => {
    double.rule = () => said({ hello: 'there' })
    await expect(engine().recognise(speech, {}, never)).rejects.toMatchObject({ code: 'failed' })
  })

  it('an answer without end', async () => {
    double.rule = () => ({ status: 200, body: `"${'x'.repeat(5 * 1024 * 1024)}"` })
    await expect(engine().recognise(speech, {}, never)).rejects.toMatchObject({ code: 'failed' })
  })
})

describe('times', () => {
  const word = (start: unknown, end: unknown) => ({ word: 'three', start, end })
  it.each<[string, unknown[], { start: number; end: number }[] | undefined]>([
    [
      'that lie outside of the part',
      [word(-3, 0.5), word(0.6, 99)],
      [
        { start: 0, end: 0.5 },
        { start: 0.6, end: 2.6 },
      ],
    ],
    ['that end before they begin', [word(0.5, 0.1)], [{ start: 0.5, end: 0.5 }]],
    ['that run backwards', [word(2, 2.2), word(1, 1.2)], undefined],
    ['that are not there', [word(null, 1)], undefined],
  ])('%s', async (_, words, times) => {
    double.next = [said({ text: 'three', words })]
    const heard = await engine().recognise(speech, {}, never)
    expect(heard.text).toBe('three')
    expect(heard.words?.map(({ start, end }) => ({ start, end }))).toEqual(times)
  })

  it('of words are asked for, then those of segments, then none, and the server’s limit is remembered', async () => {
    double.rule = ({ fields }) =>
      fields.response_format?.[0] === 'verbose_json' ? error(400, {}, 'unsupported_value') : undefined
    const remote = engine()
    expect(await remote.recognise(speech, {}, never)).toEqual({ text: 'three one four' })
    expect(remote.describe().wordTimes).toBe(false)
    await remote.recognise(speech, {}, never)
    expect(double.asked.map(({ fields }) => fields.response_format?.[0])).toEqual([
      'verbose_json',
      'verbose_json',
      'json',
      'json',
    ])
  })
})

it('asks for what was asked', async () => {
  const heard = await engine({ url: `${double.url}/v1/` }).recognise(
    speech,
    { language: 'de', prompt: 'Zofingen' },
    never,
  )
  expect(heard).toMatchObject({
    language: 'en',
    logProbability: -0.1,
    segments: [{ text: 'three one four' }],
  })
  await engine().recognise(speech, { language: 'de', task: 'translate' }, never)
  expect(double.asked).toMatchObject([
    {
      path: '/v1/audio/transcriptions',
      fields: { model: ['whisper-large'], language: ['de'], prompt: ['Zofingen'] },
    },
    { path: '/v1/audio/translations', fields: { model: ['whisper-large'] } },
  ])
})

it('has no more requests under way than slots', async () => {
  const remote = engine()
  const open = double.hold(0)
  const all = Array.from({ length: 7 }, () => remote.recognise(speech, {}, never))
  await vi.waitFor(() => expect(double.asked).toHaveLength(2))
  open()
  await Promise.all(all)
  expect(double.most).toBe(2)
})

describe('a probe', () => {
  it('says when the key is wrong, or nobody is there', async () => {
    await engine().probe(0)
    await expect(engine({ key: 'wrong' }).probe(0)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('refuses the key'),
    })
    await expect(engine({ url: 'http://127.0.0.1:1' }).probe(0)).rejects.toMatchObject({
      code: 'unavailable',
    })
  })

  it('is fast while parts run, and says what is wrong while they fail', async () => {
    double.rule = () => error(500)
    const remote = engine({ backOffMs: 60_000 })
    const leave = new AbortController()
    const running = remote.recognise(speech, {}, leave.signal)
    running.catch(() => {})
    await remote.probe(0)
    leave.abort(new Error('left'))
    await expect(running).rejects.toThrow('left')
  })
})

it('stops at once when it is closed, and lets a part that is nearly done end', async () => {
  const remote = engine()
  const running = remote.recognise(speech, {}, never)
  await remote.close(5000)
  expect((await running).text).toBe('three one four')
  double.rule = () => 'hang'
  const hanging = engine()
  const left = hanging.recognise(speech, {}, never)
  left.catch(() => {})
  await hanging.close(0)
  await expect(left).rejects.toMatchObject({ code: 'unavailable' })
})
