/** `channels: separate`, from the request to the transcript, its files and its price. */

import { readFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { makeCall } from '../support/media.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { earshot } from '../support/server.ts'
import { toneProgramme } from '../support/tone.ts'
import { toneServer } from '../support/tone-server.ts'

const SECONDS = 70
const sides = [toneProgramme(41, SECONDS), toneProgramme(42, SECONDS)]

const server = toneServer()
let client: NativeClient
let path: string

beforeAll(async () => {
  path = await makeCall(server.files, sides, SECONDS)
  client = nativeClient(server.origin, server.apiKey)
})

const saidBy = (segments: { speaker?: string; text: string }[], speaker: string): string =>
  segments.flatMap((s) => (s.speaker === speaker ? [s.text] : [])).join(' ')
const truth = sides.map((side) => side.map((w) => w.word).join(' '))

it('each side of a call is heard for itself, for the price of the recording', async () => {
  const { mediaId } = (await upload(server.origin, server.apiKey, new Uint8Array(await readFile(path)))).body
  const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
    mediaId,
    channels: 'separate',
  })
  const done = await client.ended(body.id)
  expect(done).toMatchObject({ state: 'succeeded', creditsDebited: 2, durationSeconds: SECONDS })
  const { segments } = done.transcript!
  expect([saidBy(segments, 'Channel 1'), saidBy(segments, 'Channel 2')]).toEqual(truth)
  const vtt = await (await client.raw(`/transcriptions/${body.id}.vtt`)).text()
  expect(vtt).toContain('<v Channel 2>')
  const mixed = await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })
  const { transcript } = await client.ended(mixed.body.id)
  expect(transcript!.segments.some((s) => s.speaker)).toBe(false)
})

it.each([
  [{ mediaId: 'media_x', channels: 'both' }, 'channels'],
  [{ mediaId: 'media_x', channels: 'separate', diarize: true }, 'channels'],
  [{ url: 'https://youtu.be/dQw4w9WgXcQ', channels: 'separate', mode: 'captions' }, 'channels'],
])('%o is refused', async (wishes, field) => {
  expect(await client.call('POST', '/transcriptions', wishes)).toMatchObject({
    status: 400,
    body: { error: { details: { field } } },
  })
})

it('on the command line', async () => {
  const { stdout } = await earshot(
    server.dataDir,
    ['transcribe', path, '--channels', 'separate', '--format', 'json', '--model', server.model],
    { EARSHOT_SLOTS: '1' },
  )
  const { segments } = JSON.parse(stdout) as { segments: { speaker: string; text: string }[] }
  expect([saidBy(segments, 'Channel 1'), saidBy(segments, 'Channel 2')]).toEqual(truth)
})
