import { sql } from 'kysely'
import { freeAt, used } from '../../domain/limits/window.ts'
import type { Db } from '../../domain/tables.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RateLimiter } from '../../ports/rate-limiter.ts'

interface Row {
  at: number
  counts: number[]
}

const SWEEP_SECONDS = 300

/** One statement a request; the row's lock makes simultaneous requests count one by one. */
export function postgresRateLimiter(db: Db, clock: Clock): RateLimiter {
  let swept = 0

  async function sweep(second: number): Promise<void> {
    if (second - swept < SWEEP_SECONDS) return
    swept = second
    await sql`delete from rate_windows where at < ${second - SWEEP_SECONDS}`.execute(db)
  }

  return {
    async take(key, limit) {
      const second = Math.floor(clock.now() / 1000)
      await sweep(second)
      const { rows } = await sql<Row>`
        insert into rate_windows as w (key, at, counts)
        values (${key}, ${second}, array_fill(0, array[60]) || 1)
        on conflict (key) do update set (at, counts) = (
          select greatest(w.at, ${second}), s.counts[1:60] || (s.counts[61] + 1)
          from (select earshot_slide(w.counts, ${second}::bigint - w.at) as counts) s)
        where (select sum(n) from unnest(earshot_slide(w.counts, ${second}::bigint - w.at)) n) < ${limit}::int
        returning at, counts`.execute(db)
      const taken = rows[0]
      if (taken) return { allowed: true, used: used(taken), freeAt: freeAt(taken) }
      const full = await sql<Row>`
        select ${second}::bigint as at, earshot_slide(counts, ${second}::bigint - at) as counts
        from rate_windows where key = ${key}`.execute(db)
      const window = full.rows[0] ?? { at: second, counts: [limit] }
      return { allowed: false, used: used(window), freeAt: Math.max(freeAt(window), (second + 1) * 1000) }
    },
  }
}
