import type { ProgressEvent, TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { translator } from '../../../i18n/catalogue.ts'
import { titleWords } from '../../parts/words.ts'
import { roughly } from '../time-words.ts'

type Status = Pick<ProgressEvent, 'state' | 'stage' | 'pct'>

/** What is being done with it now. @param queuePlace where it waits for the engine, also if it is `running` */
export function statusWords({
  state,
  stage,
  queuePlace = null,
}: Pick<Status, 'state' | 'stage'> & { queuePlace?: number | null }): string {
  const t = translator('jobs')
  if (queuePlace !== null) return t('status.waiting')
  switch (state) {
    case 'queued':
      return t('status.waiting')
    case 'running':
      return stage === 'downloading' ? t('status.fetching') : t('status.transcribing')
    case 'succeeded':
      return t('status.finished')
    case 'failed':
      return t('status.failed')
    case 'cancelled':
      return t('status.cancelled')
  }
}

/** Its place in the queue, and when it will be done. */
export function waitingWords({
  queuePlace,
  secondsLeft,
}: Pick<TranscriptionSummary, 'queuePlace' | 'secondsLeft'>): string {
  const t = translator('jobs')
  const place = queuePlace ?? 0
  if (secondsLeft === null) return place === 1 ? t('queue.next') : t('queue.place', { place })
  const time = roughly(secondsLeft * 1000)
  return place === 1 ? t('queue.nextIn', { time }) : t('queue.placeIn', { place, time })
}

type Job = Pick<TranscriptionSummary, 'id' | 'title' | 'source' | 'state' | 'stage' | 'queuePlace'>

/**
 * What a screen reader says of a change: that something began or ended, not every percent.
 * @param before undefined: this is the first look, and nothing is news
 */
export function newsWords(before: readonly Job[] | undefined, now: readonly Job[]): string[] {
  const parts = translator('parts')
  if (!before) return []
  const known = new Map(before.map((job) => [job.id, statusWords(job)]))
  return now
    .filter(
      (job) => known.get(job.id) !== statusWords(job) && (known.has(job.id) || job.state !== 'cancelled'),
    )
    .map((job) => parts('named', { action: titleWords(job), name: statusWords(job) }))
}
