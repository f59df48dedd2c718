/** A library as years of use leave it, written through the program's own database layer. */
import { openDatabase } from '../../src/adapters/database/open.ts'
import { newId } from '../../src/domain/ids.ts'
import type { Db, Tx } from '../../src/domain/tables.ts'
import { indexText } from '../../src/domain/transcriptions/index-text.ts'
import type { Segment, Transcript } from '../../src/ports/transcript.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 200
const SUBJECTS = ['Interview', 'Lecture', 'Meeting', 'Voice note', 'Podcast', 'Reading'] as const
const LANGUAGES = ['en', 'de', 'fr', 'es'] as const

interface Stored {
  title: string
  transcript: Transcript
  durationSeconds: number
  createdAt: number
  mediaId?: string
}

/** So many transcripts of the first account, an hour apart; some have titles of several lines. */
export const fillLibrary = (dataDir: string, count: number): Promise<string[]> =>
  inDatabase(dataDir, (db, accountId) => storeSamples(db, accountId, count))

/** The same of any account. Gives their ids. */
export async function storeSamples(db: Db, accountId: string, count: number): Promise<string[]> {
  const now = Date.now()
  const ids: string[] = []
  for (let first = 0; first < count; first += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - first)
    const batch = Array.from({ length: size }, (_, k) => sample(first + k, now - (first + k) * (DAY_MS / 24)))
    ids.push(...(await db.transaction().execute((tx) => store(tx, accountId, batch))))
  }
  return ids
}

/** A transcription with a text whose recording is in the library too, as a row without bytes. Gives its id. */
export async function storeRecorded(db: Db, accountId: string, now: number): Promise<string> {
  const [id = ''] = await storeSamples(db, accountId, 1)
  const mediaId = `media_${id}`
  await db
    .insertInto('media')
    .values({
      id: mediaId,
      account_id: accountId,
      storage_key: mediaId,
      filename: 'talk.wav',
      content_type: 'audio/wav',
      bytes: 1,
      sha256: mediaId,
      duration_ms: 4000,
      has_video: 0,
      created_at: now,
      kept_since: now,
    })
    .execute()
  await db.updateTable('transcriptions').set({ media_id: mediaId }).where('id', '=', id).execute()
  return id
}

/** One transcript with words and their times, evenly spread. Gives its id. */
export const addLongTranscript = (
  dataDir: string,
  {
    title,
    segments,
    seconds,
    mediaId,
  }: { title: string; segments: number; seconds: number; mediaId: string },
): Promise<string> =>
  inDatabase(dataDir, async (db, accountId) => {
    const all = Array.from({ length: segments }, (_, k) => longSegment(k, seconds / segments))
    const transcript: Transcript = {
      text: all.map(({ text }) => text).join(' '),
      segments: all,
      language: 'en',
    }
    const stored = { title, transcript, durationSeconds: seconds, createdAt: Date.now(), mediaId }
    const [id = ''] = await db.transaction().execute((tx) => store(tx, accountId, [stored]))
    return id
  })

function sample(n: number, createdAt: number): Stored {
  const subject = SUBJECTS[n % SUBJECTS.length]
  const rest = n % 7 === 0 ? ' with a title that goes on and on, as those of videos sometimes do' : ''
  const text = `${subject} number ${n} was about the harbour.`
  return {
    title: `${subject} ${n}${rest}`,
    transcript: {
      text,
      segments: [{ start: 0, end: 4, text }],
      language: LANGUAGES[n % LANGUAGES.length]!,
    },
    durationSeconds: 60 + (n % 3000),
    createdAt,
  }
}

const SAYING = 'and then the tide came in over the long grey sand'

/** @param length seconds from its start to the next one's */
function longSegment(k: number, length: number): Segment {
  const start = k * length
  const all = `segment ${k} ${SAYING}`.split(' ')
  const step = (length * 0.9) / all.length
  const words = all.map((word, n) => ({
    word,
    start: round(start + n * step),
    end: round(start + (n + 1) * step),
  }))
  return { start: round(start), end: round(start + length * 0.9), text: all.join(' '), words }
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000

async function store(tx: Tx, accountId: string, all: readonly Stored[]): Promise<string[]> {
  const rows = all.map(({ title, transcript, durationSeconds, createdAt, mediaId }) => ({
    id: newId('tj'),
    account_id: accountId,
    surface: 'native',
    media_id: mediaId ?? null,
    title,
    state: 'succeeded' as const,
    pct: 100,
    hold_id: newId('hold'),
    price: JSON.stringify({ kind: 'flat', credits: 0 }),
    credits_debited: 0,
    model_used: 'tone',
    stand_in: 0,
    duration_ms: durationSeconds * 1000,
    detected_language: transcript.language,
    tags: '[]',
    binned_media: 0 as const,
    mode: 'speech' as const,
    task: 'transcribe' as const,
    diarize: 0 as const,
    reused: 0,
    transcript: JSON.stringify(transcript),
    attempts: 1,
    needs_download: 0 as const,
    due_at: Math.round(createdAt),
    created_at: Math.round(createdAt),
    started_at: Math.round(createdAt),
    finished_at: Math.round(createdAt),
  }))
  await tx.insertInto('transcriptions').values(rows).execute()
  for (const [k, { id, title }] of rows.entries()) await indexText(tx, id, title, all[k]!.transcript.text)
  return rows.map(({ id }) => id)
}

async function inDatabase<T>(dataDir: string, work: (db: Db, accountId: string) => Promise<T>): Promise<T> {
  const { db, close } = await openDatabase({ dataDir })
  try {
    const { id } = await db
      .selectFrom('accounts')
      .select('id')
      .orderBy('created_at')
      .executeTakeFirstOrThrow()
    return await work(db, id)
  } finally {
    await close()
  }
}
