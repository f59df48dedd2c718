import { type Detail, type EventName, noteEvent } from '../domain/transcriptions/timeline.ts'
import type { Job, PipelineDeps } from './context.ts'

/** For the timeline. Work does not stop for want of a note: the transcription may have been removed. */
export async function note(
  deps: Pick<PipelineDeps, 'db' | 'clock' | 'logger'>,
  { id }: Pick<Job, 'id'>,
  what: EventName,
  detail?: Detail,
): Promise<void> {
  await noteEvent(deps, id, what, detail).catch((error: unknown) =>
    deps.logger.debug({ err: error, what }, 'not noted in the timeline'),
  )
}
