import type { VideoOptions } from '../../contract/videos.ts'
import type { Ctx, Deps } from '../context.ts'
import type { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { takeRoom } from '../media/room.ts'
import { newRun, noRecording, orderRun, recordingOf, withText } from '../runs/ask.ts'
import type { TranscriptionRow } from '../tables.ts'
import { removeFileOf } from './remove.ts'
import type { VideoRow } from './tables.ts'

/** Of an account, not ended. A long one takes a worker for hours, and others wait for their turn. */
const MOST_OPEN = 5

/**
 * Has the subtitles of a transcript drawn into its recording. An earlier video of it goes, also one that is being made.
 * @throws DomainError `resource.not_found`, `transcription.no_text`, `media.missing`, `queue.share`, `storage.full`
 */
export async function askForVideo(
  deps: Pick<Deps, 'db' | 'clock' | 'signals' | 'policy' | 'media'>,
  ctx: Ctx,
  transcriptionId: string,
  options: VideoOptions,
): Promise<VideoRow> {
  requireScope(ctx, 'transcribe')
  requireScope(ctx, 'media')
  const transcription = await withText(deps, ctx, transcriptionId)
  const media = await recordingOf(deps.db, transcription)
  if (!media) throw noPicture(transcription)
  const row: VideoRow = {
    ...newRun(deps, ctx, transcriptionId, newId('vid')),
    media_id: media.id,
    options: JSON.stringify(options),
    version: null,
    storage_key: null,
    bytes: null,
    sha256: null,
  }
  let earlier: VideoRow | undefined
  await orderRun(deps, ctx, 'videos', row, {
    most: MOST_OPEN,
    open: (n) => `${n} of your videos are being made already. Ask again when some are done.`,
    async first(tx) {
      if (!(await recordingOf(tx, transcription))) throw noPicture(transcription)
      earlier = await tx
        .selectFrom('videos')
        .selectAll()
        .where('transcription_id', '=', transcriptionId)
        .executeTakeFirst()
      await takeRoom(tx, deps, ctx, 1 - (earlier?.bytes ?? 0))
    },
  })
  await removeFileOf(deps, earlier)
  deps.signals.publish('video.due', row.id)
  return row
}

export const noPicture = (transcription: Pick<TranscriptionRow, 'link_platform'>): DomainError =>
  noRecording(transcription, {
    what: 'Subtitles are drawn into the recording',
    again: {
      upload: 'Upload it again and transcribe it.',
      link: 'Download the video, upload it and transcribe that.',
    },
  })
