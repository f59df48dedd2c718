import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TranscriptionEvent } from '../../../../../src/client/events.ts'
import type { EndEvent } from '../../../../../src/contract/native.ts'
import { heard, type Live, nothingYet } from './live-text.ts'

const segment = (index: number): TranscriptionEvent => ({
  type: 'segment',
  id: `s${index}`,
  index,
  start: index,
  end: index + 1,
  text: `text ${index}`,
})
const progress = (pct: number): TranscriptionEvent => ({
  type: 'progress',
  id: `p${pct}`,
  state: 'running',
  stage: 'transcribing',
  pct,
})
const end = (state: EndEvent['state']): TranscriptionEvent => ({
  type: 'end',
  id: 'e',
  state,
  transcription: { state, stage: null, pct: 100, id: 'tj_1', title: 'Talk' } as EndEvent,
})

const texts = ({ segments }: Live): string[] => segments.map(({ text }) => text)

describe('what the events tell', () => {
  it('is the progress and the text as it comes', () => {
    const live = heard(nothingYet, [progress(0), segment(0), progress(40), segment(1)])
    expect(live.progress).toMatchObject({ state: 'running', stage: 'transcribing', pct: 40 })
    expect(texts(live)).toEqual(['text 0', 'text 1'])
    expect(live.end).toBeUndefined()
  })

  it('ends with the end', () => {
    const live = heard(nothingYet, [progress(40), end('failed'), progress(50)])
    expect(live.end?.state).toBe('failed')
    expect(live.progress).toEqual({ state: 'failed', stage: null, pct: 100 })
  })

  it('never goes back', () => {
    expect(heard(nothingYet, [progress(40), progress(30)]).progress?.pct).toBe(40)
  })

  it('is the same however often the connection broke and began again', () => {
    const all = Array.from({ length: 12 }, (_, k) => [progress(k * 8), segment(k)]).flat()
    const whole = heard(nothingYet, all)
    fc.assert(
      fc.property(fc.array(fc.nat(all.length), { maxLength: 5 }), (breaks) => {
        const told = breaks.map((at) => all.slice(0, at))
        const live = [...told, all].reduce(heard, nothingYet)
        expect(texts(live)).toEqual(texts(whole))
        expect(live.progress).toEqual(whole.progress)
      }),
    )
  })
})
