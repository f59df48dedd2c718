/** What an account used: read from what was posted, so that it adds up to the credits that were spent. */
import { sql } from 'kysely'
import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'

const DAY_MS = 86_400_000

export interface Used {
  transcriptions: number
  seconds: number
  credits: number
}

export interface Usage {
  total: Used
  /** `day`: epoch ms of its beginning, UTC. Days without use are left out. */
  days: (Used & { day: number })[]
  keys: (Used & { keyId: string | null; name: string | null })[]
  sources: (Used & { source: string })[]
}

/** @param range epoch ms: from, and up to but not with, `to`. @throws DomainError `key.scope` */
export async function usage(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  range: { from: number; to: number },
): Promise<Usage> {
  requireScope(ctx, 'credits')
  const day = sql<number>`x.created_at / ${sql.lit(DAY_MS)}`
  const source = sql<string>`case when t.id is null then 'removed' when t.link_platform is not null
    then t.link_platform when t.media_id is null then 'url' else 'upload' end`
  const rows = await db
    .selectFrom('credit_transfers as x')
    .leftJoin('transcriptions as t', 't.id', 'x.transcription_id')
    .leftJoin('api_keys as k', 'k.id', 't.key_id')
    .select([day.as('day'), 't.key_id', 'k.name', source.as('source')])
    .select([
      sql<number>`count(*)`.as('transcriptions'),
      sql<number>`sum(x.amount)`.as('credits'),
      sql<number>`coalesce(sum(t.duration_ms), 0)`.as('ms'),
    ])
    .where('x.account_id', '=', ctx.accountId)
    .where('x.kind', '=', 'post')
    .where('x.created_at', '>=', range.from)
    .where('x.created_at', '<', range.to)
    .groupBy([day, 't.key_id', 'k.name', source])
    .execute()
  const groups = rows.map((row) => ({
    ...row,
    day: Number(row.day) * DAY_MS,
    transcriptions: Number(row.transcriptions),
    credits: Number(row.credits),
    seconds: Number(row.ms) / 1000,
  }))
  return {
    total: add(groups),
    days: by(groups, (g) => String(g.day))
      .map((each) => ({ day: each[0].day, ...add(each) }))
      .sort((a, b) => a.day - b.day),
    keys: by(groups, (g) => String(g.key_id))
      .map((each) => ({ keyId: each[0].key_id, name: each[0].name, ...add(each) }))
      .sort(mostFirst),
    sources: by(groups, (g) => g.source)
      .map((each) => ({ source: each[0].source, ...add(each) }))
      .sort(mostFirst),
  }
}

function add(parts: readonly Used[]): Used {
  const total = { transcriptions: 0, seconds: 0, credits: 0 }
  for (const { transcriptions, seconds, credits } of parts) {
    total.transcriptions += transcriptions
    total.seconds += seconds
    total.credits += credits
  }
  return total
}

type Some<T> = [T, ...T[]]

function by<T>(items: readonly T[], name: (item: T) => string): Some<T>[] {
  const groups = new Map<string, Some<T>>()
  for (const item of items) {
    const group = groups.get(name(item))
    if (group) group.push(item)
    else groups.set(name(item), [item])
  }
  return [...groups.values()]
}

const mostFirst = (a: Used, b: Used): number => b.credits - a.credits || b.transcriptions - a.transcriptions
