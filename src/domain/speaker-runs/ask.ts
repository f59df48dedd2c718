import type { Ctx, Deps } from '../context.ts'
import type { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { newRun, noRecording, orderRun, recordingOf, withText } from '../runs/ask.ts'
import type { TranscriptionRow } from '../tables.ts'
import type { SpeakerRunRow } from './tables.ts'

/** Of an account, not ended. */
const MOST_OPEN = 20

/**
 * Has the speakers of a transcript told apart anew. Where that is under way already, it starts over with the new number.
 * @param speakers how many there are at most; null: as many as sound unlike each other
 * @throws DomainError `resource.not_found`, `transcription.no_text`, `media.missing`, `queue.share`
 */
export async function askForSpeakers(
  deps: Pick<Deps, 'db' | 'clock' | 'signals'>,
  ctx: Ctx,
  transcriptionId: string,
  speakers: number | null,
): Promise<SpeakerRunRow> {
  requireScope(ctx, 'transcribe')
  const transcription = await withText(deps, ctx, transcriptionId)
  if (!(await recordingOf(deps.db, transcription))) throw noVoices(transcription)
  const run = newRun(deps, ctx, transcriptionId, newId('spk'))
  const row: SpeakerRunRow = { ...run, speakers, found: null, version: null }
  await orderRun(deps, ctx, 'speaker_runs', row, {
    most: MOST_OPEN,
    open: (n) =>
      `The speakers of ${n} of your transcripts are being told apart already. Ask again when some are done.`,
  })
  deps.signals.publish('speakers.due', row.id)
  return row
}

export const noVoices = (transcription: Pick<TranscriptionRow, 'link_platform'>): DomainError =>
  noRecording(transcription, {
    what: 'Speakers are told apart by their voices',
    again: {
      upload: 'Upload it again and transcribe it with `diarize`.',
      link: 'Transcribe the link again with `diarize`.',
    },
  })
