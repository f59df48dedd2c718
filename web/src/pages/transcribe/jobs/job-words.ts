import type { ProgressEvent, TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { titleWords } from '../../parts/words.ts'
import { roughly } from '../time-left.ts'

type Status = Pick<ProgressEvent, 'state' | 'stage' | 'pct'>

/** What is being done with it now. @param queuePlace where it waits for the engine, also if it is `running` */
export function statusWords({
  state,
  stage,
  queuePlace = null,
}: Pick<Status, 'state' | 'stage'> & { queuePlace?: number | null }): string {
  if (queuePlace !== null) return 'Waiting'
  switch (state) {
    case 'queued':
      return 'Waiting'
    case 'running':
      return stage === 'downloading' ? 'Fetching' : 'Transcribing'
    case 'succeeded':
      return 'Finished'
    case 'failed':
      return 'Failed'
    case 'cancelled':
      return 'Cancelled'
  }
}

/** Its place in the queue, and when it will be done. */
export function waitingWords({
  queuePlace,
  secondsLeft,
}: Pick<TranscriptionSummary, 'queuePlace' | 'secondsLeft'>): string {
  const place = queuePlace === 1 ? 'Next in the queue' : `Number ${queuePlace?.toLocaleString()} in the queue`
  return secondsLeft === null ? `${place}.` : `${place}. It will be done in ${roughly(secondsLeft * 1000)}.`
}

type Job = Pick<TranscriptionSummary, 'id' | 'title' | 'source' | 'state' | 'stage' | 'queuePlace'>

/**
 * What a screen reader says of a change: that something began or ended, not every percent.
 * @param before undefined: this is the first look, and nothing is news
 */
export function newsWords(before: readonly Job[] | undefined, now: readonly Job[]): string[] {
  if (!before) return []
  const known = new Map(before.map((job) => [job.id, statusWords(job)]))
  return now
    .filter(
      (job) => known.get(job.id) !== statusWords(job) && (known.has(job.id) || job.state !== 'cancelled'),
    )
    .map((job) => `${titleWords(job)}: ${statusWords(job)}`)
}
