/** Tells the speakers of transcripts apart anew, from their recordings. */
import { noVoices } from '../domain/speaker-runs/ask.ts'
import type { SpeakerRunRow } from '../domain/speaker-runs/tables.ts'
import { saveSpeakers } from '../domain/speaker-runs/work.ts'
import { getTranscription } from '../domain/transcriptions/get.ts'
import type { Turn } from '../ports/diarizer.ts'
import { SAMPLE_RATE } from '../ports/engine.ts'
import type { PipelineDeps } from './context.ts'
import { decode } from './decode.ts'
import { heardTrack, localRecording } from './recording.ts'
import { saysHowFar, startRuns } from './runs.ts'
import { unlessAborted } from './unless-aborted.ts'

export const startSpeakerRunner = (deps: PipelineDeps): { stop(): Promise<void> } =>
  startRuns(deps, {
    table: 'speaker_runs',
    topic: 'speakers.due',
    done: 'speakers told apart',
    lost: 'The server died several times while it told the speakers apart.',
    able: () => deps.diarizer.available(),
    work: async (row, signal) => saveSpeakers(deps, row, await turnsIn(deps, row, signal)),
  })

/** Who speaks when. */
async function turnsIn(deps: PipelineDeps, row: SpeakerRunRow, signal: AbortSignal): Promise<Turn[]> {
  const transcription = await getTranscription(deps, row.account_id, row.transcription_id)
  const file = await localRecording(deps, transcription, noVoices, signal)
  const voices = deps.diarizer.open([], row.speakers ?? undefined)
  try {
    const said = saysHowFar(deps, 'speaker_runs', row)
    const all = ((transcription.duration_ms ?? 0) / 1000) * SAMPLE_RATE
    let heard = 0
    const probed = deps.probe(file.path, signal)
    for await (const pcm of decode(file.path, { signal, probed, track: heardTrack(transcription) })) {
      await unlessAborted(voices.push(pcm), signal)
      heard += pcm.length
      await said(heard, all)
    }
    return await unlessAborted(voices.end(), signal)
  } finally {
    voices.close()
    await file.release()
  }
}
