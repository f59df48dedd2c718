import { type RawBuilder, sql } from 'kysely'
import type { TranscriptSearch } from '../../ports/transcript-search.ts'
import { hasTag } from '../archive/tags.ts'
import type { Ctx, Deps } from '../context.ts'
import type { Page } from '../cursor.ts'
import type { TranscriptionRow, TranscriptionState } from '../tables.ts'
import type { Hits } from '../transcripts/hits.ts'
import { searchWords } from '../transcripts/search-words.ts'
import { behindIn, cursorAfter, ORDER_BY, type Order } from './order.ts'
import { readStored } from './transcript.ts'

export interface ListTranscriptions {
  q?: string | undefined
  cursor?: string | undefined
  limit: number
  state?: TranscriptionState | undefined
  platform?: string | undefined
  /** `upload`, `url`, or a platform. */
  source?: string | undefined
  mediaId?: string | undefined
  language?: string | undefined
  /** Epoch ms. */
  createdAfter?: number | undefined
  createdBefore?: number | undefined
  tag?: string | undefined
  /** Lists the bin instead of the library. */
  bin?: boolean | undefined
  order?: Order | undefined
}

export type Summary = Omit<TranscriptionRow, 'transcript'> & { version: number }

export interface ListedTranscription {
  row: Summary
  /** Only where words were looked for. */
  found?: Hits
}

/** Places shown of each transcript. */
const HITS = 5

/** Everything but the text, which can be long. */
const COLUMNS = [
  'id account_id key_id surface media_id link_platform link_id link_url title source_title language model state stage pct',
  'hold_id price credits_debited error_code error_message model_used stand_in duration_ms detected_language',
  'likely_lyrics mode captions_kind reuse_key leader_id reused source_sha256 lease_token lease_until attempts needs_download due_at claimed_at',
  'deadline_at created_at started_at finished_at task diarize prompt wishes language_confidence batch_id batch_index created_by tags binned_at heard_at',
]
  .flatMap((line) => line.split(' '))
  .map((name) => `t.${name}` as `t.${Exclude<keyof TranscriptionRow, 'transcript'>}`)

interface ListDeps extends Pick<Deps, 'db'> {
  search: TranscriptSearch
  texts: { hits(stored: string, words: readonly string[], most: number): Promise<Hits> }
}

/** The account's transcriptions, newest first unless asked otherwise, a page at a time. @throws DomainError `request.invalid` */
export async function listTranscriptions(
  { db, search, texts }: ListDeps,
  ctx: Ctx,
  input: ListTranscriptions,
): Promise<Page<ListedTranscription>> {
  const words = input.q?.trim() ? searchWords(input.q).map((w) => w.word) : undefined
  if (words?.length === 0) return { items: [], nextCursor: null }
  let query = db
    .selectFrom('transcriptions as t')
    .leftJoin('transcript_edits as e', 'e.transcription_id', 't.id')
    .select(COLUMNS)
    .select((eb) => eb.fn.coalesce('e.version', eb.lit(0)).as('version'))
    .where('t.account_id', '=', ctx.accountId)
    .where('t.binned_at', input.bin ? 'is not' : 'is', null)
    .limit(input.limit + 1)
  if (words) query = query.where(search.contains(words))
  if (input.tag) query = query.where(hasTag(input.tag))
  if (input.state) query = query.where('t.state', '=', input.state)
  if (input.platform) query = query.where('t.link_platform', '=', input.platform)
  if (input.source) query = query.where(sourceIs(input.source))
  if (input.mediaId) query = query.where('t.media_id', '=', input.mediaId)
  const { language, createdAfter, createdBefore } = input
  if (language)
    query = query.where((eb) =>
      eb.or([eb('t.language', '=', language), eb('t.detected_language', '=', language)]),
    )
  if (createdAfter !== undefined) query = query.where('t.created_at', '>=', createdAfter)
  if (createdBefore !== undefined) query = query.where('t.created_at', '<', createdBefore)
  const order = input.order ?? 'newest'
  const { key, direction } = ORDER_BY[order]
  if (input.cursor !== undefined) query = query.where(behindIn(order, input.cursor))
  const rows = await query
    .select(key.as('sort_key'))
    .orderBy(key, direction)
    .orderBy('t.id', direction)
    .execute()
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  const items: ListedTranscription[] = []
  for (const row of shown)
    items.push({ row, ...(words && { found: await hitsOf({ db, texts }, row.id, words) }) })
  return { items, nextCursor: rows.length > input.limit && last ? cursorAfter(order, last) : null }
}

/** The place a transcription's media came from, in a query where `t` is the transcription. */
export const sourceColumn: RawBuilder<string> = sql<string>`
  coalesce(t.link_platform, case when t.link_url is null then 'upload' else 'url' end)`

const sourceIs = (source: string): RawBuilder<boolean> => sql<boolean>`${sourceColumn} = ${source}`

async function hitsOf(
  { db, texts }: Pick<ListDeps, 'db' | 'texts'>,
  id: string,
  words: readonly string[],
): Promise<Hits> {
  const row = await db
    .selectFrom('transcriptions')
    .select(['id', 'transcript'])
    .where('id', '=', id)
    .executeTakeFirst()
  const read = row && (await readStored(db, row))
  return read ? texts.hits(read.stored, words, HITS) : { hits: [], hitCount: 0 }
}
