/** What is not a transcription's fault does not end it: it waits, and goes on at its stored parts. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { TranscriptionRow } from '../domain/tables.ts'
import type { Delivered } from '../domain/transcriptions/settle.ts'
import { StorageAway } from '../ports/media-store.ts'
import { isNoRoom } from '../ports/no-room.ts'
import { ToolKilled } from '../processes/killed.ts'
import { Drained, type Job, type PipelineDeps } from './context.ts'
import { mediaError } from './media-error.ts'
import { note } from './note.ts'
import { runTranscription } from './run.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
/** A recording whose tools are killed so often is what makes them be killed. */
const MOST_KILLS = 5

type Outage = 'storage' | 'room' | 'killed'

/** Undefined: it is the work's own fault. */
export function outageOf(error: unknown): Outage | undefined {
  if (error instanceof StorageAway) return 'storage'
  if (error instanceof ToolKilled || (error as Error).cause instanceof ToolKilled) return 'killed'
  return isNoRoom(error) ? 'room' : undefined
}

const SAID: Record<Outage, string> = {
  storage: 'the media storage is away; the transcription waits for it',
  room: 'there is no room left on the disk; the transcription waits for some',
  killed: 'a tool was killed from outside; the transcription goes on at its stored parts',
}

/** As `runTranscription`, through outages of the storage, full disks, and tools that somebody else ended. */
export async function runThroughOutages(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
): Promise<Delivered> {
  let current = row
  let kills = 0
  for (let tries = 0; ; tries++) {
    try {
      return await runTranscription(deps, job, current)
    } catch (error) {
      job.signal.throwIfAborted()
      const outage = outageOf(error)
      if (!outage) throw error
      if (outage === 'killed' && ++kills >= MOST_KILLS)
        throw error instanceof ToolKilled ? mediaError('decode_failed') : error
      if (job.draining.aborted) throw new Drained()
      deps.logger.warn({ err: error, tries }, SAID[outage])
      if (tries === 0) await note(deps, job, 'waits', { for: outage })
      await pause(job, tries)
      // The media, or the sum of a download, may have become known.
      current = await deps.db
        .selectFrom('transcriptions')
        .selectAll()
        .where('id', '=', job.id)
        .executeTakeFirstOrThrow()
    }
  }
}

/** Longer each time, and not at the same moment as everybody else. @throws the signal's reason; Drained */
async function pause({ signal, draining }: Job, tries: number): Promise<void> {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries)
  const ended = AbortSignal.any([signal, draining])
  await sleep(most * (0.5 + Math.random() / 2), undefined, { signal: ended }).catch(() => {})
  signal.throwIfAborted()
  if (draining.aborted) throw new Drained()
}
