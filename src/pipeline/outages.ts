/** What is not a transcription's fault does not end it: it waits, and goes on at its stored parts. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { TranscriptionRow } from '../domain/tables.ts'
import { storedSpans } from '../domain/transcriptions/progress.ts'
import { type Delivered, succeed } from '../domain/transcriptions/settle.ts'
import { StorageAway } from '../ports/media-store.ts'
import { isNoRoom } from '../ports/no-room.ts'
import { ToolKilled } from '../processes/killed.ts'
import { Drained, type Job, type PipelineDeps } from './context.ts'
import { mediaError } from './media-error.ts'
import { note } from './note.ts'
import { runTranscription } from './run.ts'

const FIRST_PAUSE_MS = 500
/** A recording whose tools are killed so often at the same stored part is what makes them be killed. */
const MOST_KILLS = 10
/** A database that answers and then breaks off so often in the same work is not away. */
const MOST_BREAKS = 20

type Outage = 'storage' | 'room' | 'killed' | 'database'

/** A database is asked by everybody every two seconds anyway. */
const LONGEST_PAUSE_MS: Record<Outage, number> = {
  storage: 15_000,
  room: 15_000,
  killed: 15_000,
  database: 2000,
}

/** Undefined: it is the work's own fault. */
export function outageOf(
  { databaseAway }: Pick<PipelineDeps, 'databaseAway'>,
  error: unknown,
): Outage | undefined {
  if (error instanceof StorageAway) return 'storage'
  if (error instanceof ToolKilled || (error as Error).cause instanceof ToolKilled) return 'killed'
  if (isNoRoom(error)) return 'room'
  return databaseAway(error) ? 'database' : undefined
}

const SAID: Record<Outage, string> = {
  storage: 'the media storage is away; the transcription waits for it',
  room: 'there is no room left on the disk; the transcription waits for some',
  killed: 'a tool was killed from outside; the transcription goes on at its stored parts',
  database: 'the database is away; the transcription goes on at its stored parts',
}

/**
 * From the source to the stored end, through outages of the database and the storage, full disks, and tools that
 * somebody else ended. The claim is kept meanwhile: were it given up, nobody would go on before it has run out.
 */
export async function runThroughOutages(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
): Promise<Delivered> {
  let current = row
  let delivered: Delivered | undefined
  const kills = countKills()
  let breaks = 0
  for (let tries = 0; ; tries++) {
    let answers = false
    try {
      // The media, or the sum of a download, may have become known.
      if (tries > 0) current = await rowOf(deps, job)
      answers = true
      delivered ??= await runTranscription(deps, job, current)
      await succeed(deps, job.id, job.token, delivered)
      return delivered
    } catch (error) {
      job.signal.throwIfAborted()
      const outage = outageOf(deps, error)
      if (!outage) throw error
      const round = outage === 'killed' ? await kills.another(deps, job) : tries
      if (outage === 'killed' && round + 1 >= MOST_KILLS)
        throw error instanceof ToolKilled ? mediaError('decode_failed') : error
      if (outage === 'database' && answers && ++breaks >= MOST_BREAKS) throw error
      if (job.draining.aborted) throw new Drained()
      deps.logger.warn({ err: error, tries }, SAID[outage])
      // While it is away, nothing can be noted.
      if (tries === 0 && outage !== 'database') await note(deps, job, 'waits', { for: outage })
      await pause(job, round, LONGEST_PAUSE_MS[outage])
    }
  }
}

/** Counts those before this one: a recording that gets on in between is not what makes its tools be killed. */
function countKills(): { another(deps: PipelineDeps, job: Job): Promise<number> } {
  let [kills, stored] = [-1, 0]
  return {
    async another({ db }, { id }) {
      // A database that is away just now says nothing.
      const now = await storedSpans(db, id).then(
        (spans) => spans.length,
        () => stored,
      )
      kills = now > stored ? 0 : kills + 1
      stored = now
      return kills
    },
  }
}

const rowOf = ({ db }: PipelineDeps, { id }: Job): Promise<TranscriptionRow> =>
  db.selectFrom('transcriptions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** Longer each time, and not at the same moment as everybody else. @throws the signal's reason; Drained */
async function pause({ signal, draining }: Job, round: number, longest: number): Promise<void> {
  const most = Math.min(longest, FIRST_PAUSE_MS * 2 ** round)
  const ended = AbortSignal.any([signal, draining])
  await sleep(most * (0.5 + Math.random() / 2), undefined, { signal: ended }).catch(() => {})
  signal.throwIfAborted()
  if (draining.aborted) throw new Drained()
}
