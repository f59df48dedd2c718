import { beforeAll, expect, it } from 'vitest'
import type { TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { loadMessages } from '../../../i18n/catalogue.ts'
import { newsWords, statusWords, waitingWords } from './job-words.ts'
import { isMuchLost } from './much-lost.ts'

beforeAll(() => loadMessages('jobs', 'parts'))

type Status = Pick<TranscriptionSummary, 'state' | 'stage'>
const job = (id: string, { state, stage }: Status) => ({
  id,
  title: `Talk ${id}`,
  source: { kind: 'media', mediaId: 'med_1' } as const,
  state,
  stage,
  queuePlace: null,
})
const queued: Status = { state: 'queued', stage: null }
const running: Status = { state: 'running', stage: 'transcribing' }
const done: Status = { state: 'succeeded', stage: null }

it('says what is being done', () => {
  expect(statusWords(queued)).toBe('Waiting')
  expect(statusWords({ state: 'running', stage: 'downloading' })).toBe('Fetching')
  expect(statusWords(running)).toBe('Transcribing')
  expect(statusWords({ state: 'running', stage: null })).toBe('Transcribing')
  expect(statusWords({ ...running, queuePlace: 1 })).toBe('Waiting')
})

it('says the place in the queue, and when it will be done', () => {
  expect(waitingWords({ queuePlace: 1, secondsLeft: null })).toBe('Next in the queue.')
  expect(waitingWords({ queuePlace: 3, secondsLeft: 700 })).toBe(
    'Number 3 in the queue. It will be done in about 12 minutes.',
  )
})

it('tells news, and nothing twice', () => {
  expect(newsWords(undefined, [job('1', done)])).toEqual([])
  expect(newsWords([job('1', running)], [job('1', running)])).toEqual([])
  expect(newsWords([job('1', running)], [job('1', done), job('2', queued)])).toEqual([
    'Talk 1: Finished',
    'Talk 2: Waiting',
  ])
})

it('asks before a long recording is cancelled, or one that took a while, never while it only waits', () => {
  const startedAt = '2026-11-27T10:00:00.000Z'
  const soon = Date.parse(startedAt) + 1000
  const short = { state: 'running', durationSeconds: 60, startedAt } as const
  expect(isMuchLost(short, soon)).toBe(false)
  expect(isMuchLost(short, soon + 10 * 60_000)).toBe(true)
  expect(isMuchLost({ ...short, durationSeconds: 3 * 3600 }, soon)).toBe(true)
  expect(isMuchLost({ ...short, durationSeconds: null }, soon)).toBe(false)
  expect(isMuchLost({ state: 'queued', durationSeconds: 3 * 3600, startedAt: null }, soon)).toBe(false)
})
