import { sql } from 'kysely'
import { tagsOf } from '../archive/tags.ts'
import type { Ctx, Deps } from '../context.ts'
import type { Db, TranscriptionState } from '../tables.ts'
import { sourceColumn } from './list.ts'

export interface Facets {
  total: number
  states: { state: TranscriptionState; count: number }[]
  /** `upload`, `url`, or a platform. */
  sources: { source: string; count: number }[]
  languages: { language: string; count: number }[]
  tags: { tag: string; count: number }[]
  /** How many are in the bin; the other counts leave them out. */
  binned: number
}

/** How many of the account's transcriptions there are of each kind, the most frequent first. */
export async function transcriptionFacets({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<Facets> {
  const [kinds, tags, binned] = await Promise.all([
    kindsOf(db, ctx),
    tagCounts(db, ctx),
    countBinned(db, ctx),
  ])
  return { ...kinds, tags, binned }
}

async function kindsOf(db: Db, ctx: Ctx): Promise<Omit<Facets, 'tags' | 'binned'>> {
  const language = sql<string | null>`coalesce(t.detected_language, t.language)`
  const rows = await db
    .selectFrom('transcriptions as t')
    .select(['t.state', sourceColumn.as('source'), language.as('language')])
    .select(sql<number>`count(*)`.as('count'))
    .where('t.account_id', '=', ctx.accountId)
    .where('t.binned_at', 'is', null)
    // Not by their names: `language` is a column as well.
    .groupBy(['t.state', sourceColumn, language])
    .execute()
  const count = rows.map((row) => ({ ...row, count: Number(row.count) }))
  return {
    total: count.reduce((sum, row) => sum + row.count, 0),
    states: tally(count, (row) => row.state).map(([state, count]) => ({ state, count })),
    sources: tally(count, (row) => row.source).map(([source, count]) => ({ source, count })),
    languages: tally(count, (row) => row.language).map(([language, count]) => ({ language, count })),
  }
}

async function tagCounts(db: Db, ctx: Ctx): Promise<Facets['tags']> {
  const rows = await db
    .selectFrom('transcriptions')
    .select((eb) => ['tags', eb.fn.countAll().as('count')])
    .where('account_id', '=', ctx.accountId)
    .where('binned_at', 'is', null)
    .where('tags', '<>', '[]')
    .groupBy('tags')
    .execute()
  const each = rows.flatMap((row) => tagsOf(row).map((tag) => ({ tag, count: Number(row.count) })))
  return tally(each, ({ tag }) => tag).map(([tag, count]) => ({ tag, count }))
}

async function countBinned(db: Db, ctx: Ctx): Promise<number> {
  const { count } = await db
    .selectFrom('transcriptions')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('account_id', '=', ctx.accountId)
    .where('binned_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

function tally<R extends { count: number }, K extends string>(
  rows: readonly R[],
  key: (row: R) => K | null,
): [K, number][] {
  const sums = new Map<K, number>()
  for (const row of rows) {
    const k = key(row)
    if (k !== null) sums.set(k, (sums.get(k) ?? 0) + row.count)
  }
  return [...sums].sort((a, b) => b[1] - a[1])
}
