/** An account that has been in use for some weeks: real work of a real server, then edited as people edit. */
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import type { CreateKeyReply } from '../../src/contract/account.ts'
import type { SegmentReply, TranscriptionReply } from '../../src/contract/native.ts'
import type { CreateShareReply } from '../../src/contract/shares.ts'
import { upload } from '../../test/support/client.ts'
import { type NativeClient, nativeClient } from '../../test/support/native.ts'
import { newAccount, type TestServer } from '../../test/support/server.ts'
import { toneAudio, toneProgramme, wav } from '../../test/support/tone.ts'
import { INTERVIEW, LECTURE, MEETING, NOTES, type SampleText, VIDEO } from './sample-texts.ts'

const DAY_MS = 86_400_000

export interface Samples {
  /** The transcription to show alone. */
  interviewId: string
  /** One of a link, whose recording is elsewhere. */
  videoId: string
  /** One that failed. */
  failedId: string
  /** Where a reader without a login is led. */
  sharedPath: string
  /** Days before today on which each transcription was made. */
  ages: Map<string, number>
}

interface Recording extends SampleText {
  filename: string
  seconds: number
  daysAgo: number
}

const RECORDINGS: readonly Recording[] = [
  { ...MEETING, title: 'Monday meeting, week 45', filename: 'meeting-45.wav', seconds: 240, daysAgo: 14 },
  { ...LECTURE, filename: 'vorlesung-gezeiten.wav', seconds: 420, daysAgo: 11 },
  { ...MEETING, title: 'Monday meeting, week 46', filename: 'meeting-46.wav', seconds: 310, daysAgo: 7 },
  { ...NOTES, filename: 'REC_0231.wav', seconds: 95, daysAgo: 4 },
  { ...MEETING, filename: 'meeting-47.wav', seconds: 275, daysAgo: 1 },
  { ...INTERVIEW, filename: 'mill-lane.wav', seconds: 205, daysAgo: 0 },
]

/** @param webhook where a receiver listens */
export async function makeSamples(server: TestServer, dataDir: string, webhook: string): Promise<Samples> {
  const owner = nativeClient(server.origin, server.apiKey)
  const { body: key } = await owner.call<CreateKeyReply>('POST', '/api-keys', { name: 'Podcast site' })
  await owner.call('POST', '/api-keys', { name: 'Archive import', scopes: ['transcribe', 'media'] })
  const hook = await owner.call<{ id: string }>('POST', '/webhooks', { url: webhook })
  const ages = new Map<string, number>()
  let interviewId = ''
  for (const [k, recording] of RECORDINGS.entries()) {
    const apiKey = k % 3 === 0 ? key.apiKey : server.apiKey
    interviewId = await transcribeFile(server.origin, apiKey, recording, k)
    ages.set(interviewId, recording.daysAgo)
  }
  const videoId = await transcribeLink(owner, 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', VIDEO)
  ages.set(videoId, 6)
  const failedId = await transcribeLink(owner, 'https://www.youtube.com/watch?v=privW4w9WgX')
  ages.set(failedId, 3)
  await commentOn(owner, interviewId)
  const share = await owner.call<CreateShareReply>('POST', `/transcriptions/${interviewId}/shares`, {})
  await owner.call('POST', `/webhooks/${hook.body.id}/test`)
  await newAccount(dataDir, 2500)
  return { interviewId, videoId, failedId, sharedPath: new URL(share.body.url).pathname, ages }
}

/** With a reply, on words that are gone, and one that is resolved. */
async function commentOn(client: NativeClient, id: string): Promise<void> {
  const { body } = await client.call<TranscriptionReply>('GET', `/transcriptions/${id}`)
  const words = body.transcript?.segments.flatMap((segment) => segment.words ?? []) ?? []
  const write = async (from: number, to: number, text: string, quote?: string): Promise<string> => {
    const said = words.slice(from, to)
    const { body } = await client.call<{ id: string }>('POST', `/transcriptions/${id}/comments`, {
      start: said[0]?.start ?? 0,
      end: said.at(-1)?.end ?? 0,
      quote: quote ?? said.map(({ word }) => word).join(' '),
      text,
    })
    return `/transcriptions/${id}/comments/${body.id}`
  }
  const first = await write(6, 14, 'Is this the name of the archive?')
  await client.call('POST', `${first}/replies`, { text: 'It is: I have asked her.' })
  await write(30, 30, 'Too long for the trailer, I think. Can we end before this?', 'you know, and so on')
  await client.call('PATCH', await write(50, 54, 'Check the year.'), { resolved: true })
}

async function transcribeFile(
  origin: string,
  apiKey: string,
  { filename, seconds, ...text }: Recording,
  seed: number,
): Promise<string> {
  const audio = wav(toneAudio(toneProgramme(seed + 1, seconds), seconds))
  const { body } = await upload(origin, apiKey, new Uint8Array(audio), filename)
  const client = nativeClient(origin, apiKey)
  return asTold(client, { mediaId: body.mediaId, language: text.language }, text)
}

const transcribeLink = (client: NativeClient, url: string, text?: SampleText): Promise<string> =>
  asTold(client, { url }, text)

/** Transcribes, and writes what was “said” over what the tones say. */
async function asTold(client: NativeClient, asked: object, text?: SampleText): Promise<string> {
  const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', asked)
  const { id, state, durationSeconds, version } = await client.ended(body.id)
  if (text && state === 'succeeded')
    await client.call('PATCH', `/transcriptions/${id}`, {
      title: text.title,
      version,
      segments: segmentsOf(text.lines, durationSeconds ?? 10),
    })
  return id
}

/** Spreads the sentences over the recording by their length, with a breath between them. */
function segmentsOf(lines: readonly string[], seconds: number): SegmentReply[] {
  const perSign = (seconds - 0.4 * lines.length) / lines.join('').length
  let at = 0.2
  return lines.map((line) => {
    const [, speaker, text = line] = /^(\w+): (.*)$/.exec(line) ?? []
    const start = at
    const words = text.split(' ').map((word) => {
      const from = at
      at += (word.length + 1) * perSign * 0.97
      return { word, start: round(from), end: round(at), probability: word.length > 9 ? 0.5 : 0.97 }
    })
    const end = at
    at += 0.4
    return { start: round(start), end: round(end), text, words, ...(speaker && { speaker }) }
  })
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000

/** Moves the work into the past, while no server runs: nobody has made everything within a minute. */
export function age(dataDir: string, { ages }: Samples): void {
  const db = new DatabaseSync(join(dataDir, 'earshot.db'))
  for (const [id, days] of ages) {
    const back = days * DAY_MS
    db.prepare(
      `update transcriptions set created_at = created_at - ?, started_at = started_at - ?,
        finished_at = finished_at - ? where id = ?`,
    ).run(back, back, back, id)
    db.prepare('update credit_transfers set created_at = created_at - ? where transcription_id = ?').run(
      back,
      id,
    )
  }
  const month = 30 * DAY_MS
  db.prepare('update credit_transfers set created_at = created_at - ? where transcription_id is null').run(
    month,
  )
  db.prepare('update accounts set created_at = created_at - ?').run(month)
  db.prepare('update api_keys set created_at = created_at - ?').run(month)
  db.close()
}
