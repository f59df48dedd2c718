import { endsOf, sharesOf, type Work } from './ends.ts'
import { latelyFrom, type Mark } from './heard.ts'
import { type Run, type Running, type Speeds, speedometer } from './speed.ts'

export interface Open {
  id: string
  accountId: string
  /** That hears it; null: it is not known which. */
  model: string | null
  /** Whether a worker has claimed it. */
  runs: boolean
  /** Of sound; null: not known yet. */
  seconds: number | null
  /** Since when the engine has parts of it, epoch ms; null: it waits. */
  heardAt: number | null
  /** What was heard of it, and when, also in an earlier attempt; the first first. */
  marks: readonly Mark[]
  /** It is being fetched: it neither waits nor is heard. */
  isFetched: boolean
}

export interface Outlook {
  /** 1: next; null: it does not wait. */
  place: number | null
  /** Null: it is not known. */
  secondsLeft: number | null
}

export interface Forecast {
  outlooks: ReadonlyMap<string, Outlook>
  speeds: Speeds
  /** Until all of it is done. */
  secondsAhead: number
}

/** The model that hears what asks for none, before the first recording has told its name. */
const UNNAMED = ''

/** A recording, where nothing is known of any. Seconds. */
const USUAL_SECONDS = 300

/** How long recordings are here. */
export const usualLength = (past: readonly Pick<Run, 'seconds'>[]): number =>
  past.length > 0 ? past.reduce((sum, { seconds }) => sum + seconds, 0) / past.length : USUAL_SECONDS

/** A part that is at the engine takes time already; that it is nearly done is not known. */
const MOST_IN_HAND = 0.9

/**
 * What is to be expected of what is open, for one account.
 * @param open in the order of the queue; of other accounts those that run, and what they have waiting as one
 */
export function forecastOf(
  now: number,
  past: readonly Run[],
  open: readonly Open[],
  accountId: string,
): Forecast {
  const { speeds, speedOf } = speedometer(past, runningOf(open))
  const usual = usualLength(past)
  const slowest = speeds.size > 0 ? Math.min(...speeds.values()) : undefined
  const paceOf = ({ model, seconds }: Open): number | undefined =>
    speedOf(model ?? UNNAMED, seconds) ?? slowest
  const shares = sharesOf(open.filter(({ heardAt }) => heardAt !== null))
  let heard = 0
  const works: Work[] = open.map((each) => {
    const share = each.heardAt === null ? 0 : (shares[heard++] ?? 0)
    const done = each.marks.at(-1)
    const left = Math.max(0, (each.seconds ?? usual) - (done?.seconds ?? 0)) / (paceOf(each) ?? 1)
    // What it had of the server since its last part: that part is under way.
    const since = each.heardAt === null ? 0 : Math.max(0, now - Math.max(done?.at ?? 0, each.heardAt)) / 1000
    return { ...each, seconds: left - Math.min(left * MOST_IN_HAND, since * share) }
  })
  const ends = endsOf(works)
  const own = open.filter((each) => each.accountId === accountId)
  const waiting = own.filter(({ heardAt, isFetched }) => heardAt === null && !isFetched)
  const outlooks = own.map((each): [string, Outlook] => {
    const isKnown = paceOf(each) !== undefined && each.seconds !== null
    const place = waiting.indexOf(each)
    return [
      each.id,
      { place: place < 0 ? null : place + 1, secondsLeft: isKnown ? (ends.get(each.id) ?? null) : null },
    ]
  })
  const secondsAhead = speeds.size > 0 ? Math.max(0, ...ends.values()) : 0
  return { outlooks: new Map(outlooks), speeds, secondsAhead }
}

function runningOf(open: readonly Open[]): Running {
  const running = { lately: [] as Run[], earlier: [] as Run[], begun: [] as Run[] }
  for (const { heardAt, marks, ...each } of open) {
    const done = marks.at(-1)
    if (heardAt === null || done === undefined || done.at <= heardAt) continue
    const model = each.model ?? UNNAMED
    const from = latelyFrom(heardAt, marks)
    if (!from) running.begun.push({ model, from: heardAt, to: done.at, seconds: done.seconds })
    else {
      running.lately.push({ model, from: from.at, to: done.at, seconds: done.seconds - from.seconds })
      if (from.at > heardAt)
        running.earlier.push({ model, from: heardAt, to: from.at, seconds: from.seconds })
    }
  }
  return running
}
