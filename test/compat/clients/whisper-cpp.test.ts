/** `POST /inference`, as curl and other programs send it to the server of whisper.cpp. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, it } from 'vitest'
import { makeCall } from '../../support/media.ts'
import { newAccount } from '../../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../../support/tone.ts'
import { toneServer } from '../../support/tone-server.ts'
import { writeToneWhisper } from '../../support/tone-whisper.ts'

const words = ['zero', 'one', 'two', 'three', 'four'].map((word, k) => ({ word, at: k + 0.3 }))
const text = words.map(({ word }) => word).join(' ')
const sides = [toneProgramme(51, 12), toneProgramme(52, 12)]

const server = toneServer(({ files }) => ({ EARSHOT_MODEL: writeToneWhisper(join(files, 'model')) }))
let recording: string
let call: string

beforeAll(async () => {
  recording = join(server.files, 'talk.wav')
  await writeFile(recording, wav(toneAudio(words as never, 6)))
  call = await makeCall(server.files, sides, 12)
})

/** As its page shows it. */
async function curl(path: string, fields: Record<string, string> = {}, key = server.apiKey) {
  const { stdout } = await promisify(execFile)('curl', [
    ...['-s', '-w', '\n%{http_code} %{content_type}'],
    `${server.origin.replace('http://', `http://curl:${key}@`)}/inference`,
    ...['-H', 'Content-Type: multipart/form-data', '-F', `file=@${path}`],
    ...Object.entries(fields).flatMap(([name, value]) => ['-F', `${name}=${value}`]),
  ])
  const end = stdout.lastIndexOf('\n')
  const [status = '', ...type] = stdout.slice(end + 1).split(' ')
  return { status: Number(status), type: type.join(' '), body: stdout.slice(0, end) }
}

it('json, with the settings of its decoder', async () => {
  const { status, body } = await curl(recording, {
    temperature: '0.0',
    temperature_inc: '0.2',
    no_speech_thold: '0.6',
    beam_size: '5',
    response_format: 'json',
  })
  expect([status, JSON.parse(body)]).toEqual([200, { text: ` ${text}\n` }])
})

it.each([
  ['text', 'text/plain; charset=utf-8', / zero one two three four\n/],
  ['srt', 'application/x-subrip; charset=utf-8', /^1\n00:00:00,\d{3} --> /],
  ['vtt', 'text/vtt; charset=utf-8', /^WEBVTT\n\n/],
])('%s', async (format, contentType, shape) => {
  const { type, body } = await curl(recording, { response_format: format, language: 'auto' })
  expect(type).toBe(contentType)
  expect(body).toMatch(shape)
})

it('verbose_json: times of words, and the language', async () => {
  const { body } = await curl(recording, { response_format: 'verbose_json' })
  const heard = JSON.parse(body) as {
    segments: { start: number; words: { word: string; start: number; probability: number }[] }[]
  }
  expect(heard).toMatchObject({
    task: 'transcribe',
    language: 'english',
    duration: 6,
    text: ` ${text}\n`,
    detected_language: 'english',
    language_probabilities: { en: expect.any(Number) },
  })
  const said = heard.segments.flatMap((segment) => segment.words)
  expect(said.map(({ word }) => word.trim())).toEqual(words.map(({ word }) => word))
  const starts = said.map(({ start }) => start)
  expect(starts).toEqual([...starts].sort((a, b) => a - b))
  expect(Math.max(...starts)).toBeLessThan(6)
  const untimed = JSON.parse(
    (await curl(recording, { response_format: 'verbose_json', no_timestamps: 'true' })).body,
  ) as { segments: object[] }
  expect(untimed.segments[0]).not.toHaveProperty('start')
})

it('diarize: a speaker on each channel', async () => {
  const { body } = await curl(call, { diarize: 'true', response_format: 'text' })
  expect(body).toContain('(speaker 0) ')
  expect(body).toContain('(speaker 1) ')
})

it('detect_language: the language, without hearing all', async () => {
  const { body } = await curl(recording, { detect_language: 'true', response_format: 'verbose_json' })
  expect(JSON.parse(body)).toMatchObject({ detected_language: 'english' })
})

it('errors are its own', async () => {
  expect(await curl(recording, { offset_t: '5000' })).toMatchObject({
    status: 400,
    body: expect.stringMatching(/^{"error":"offset_t: /),
  })
  expect(await curl(recording, { response_format: 'docx' })).toMatchObject({ status: 400 })
  expect(await curl(recording, { language: 'xx' })).toMatchObject({ status: 400 })
  expect(await curl(recording, {}, 'sk_live_wrong')).toMatchObject({ status: 401 })
  const poor = (await newAccount(server.dataDir, 0)).apiKey
  expect(await curl(recording, {}, poor)).toMatchObject({ status: 402 })
  const empty = await fetch(`${server.origin}/inference`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}` },
  })
  expect([empty.status, await empty.json()]).toEqual([400, { error: expect.stringContaining('file') }])
})
