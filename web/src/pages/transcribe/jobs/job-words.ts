import type { ProgressEvent, TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { titleWords } from '../../parts/words.ts'

type Status = Pick<ProgressEvent, 'state' | 'stage' | 'pct'>

/** What is being done with it now. */
export function statusWords({ state, stage }: Pick<Status, 'state' | 'stage'>): string {
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

type Job = Pick<TranscriptionSummary, 'id' | 'title' | 'source' | 'state' | 'stage'>

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
