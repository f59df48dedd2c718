/** What is told of a file's sound beside its text. */
import type { SoundReport } from '../../contract/native.ts'
import type { SoundTrack } from '../../ports/prober.ts'
import type { Decoded } from '../decode-options.ts'
import type { Span } from './timeline.ts'

export const soundReport = (
  { track, missing, cutOff }: Pick<Decoded, 'track' | 'missing' | 'cutOff'>,
  tracks: readonly SoundTrack[],
): SoundReport => ({
  track,
  tracks: tracks.map(({ codec, channels, language, title, isDefault }, k) => ({
    ...{ track: k + 1, codec, channels, language, title },
    default: isDefault,
  })),
  warnings: [
    ...(missing.length > 0 ? [damaged(missing)] : []),
    ...(cutOff.length > 0 ? [stopsEarly(cutOff)] : []),
  ],
})

/** Places that a message names; the spans name all. */
const NAMED = 5

function damaged(missing: readonly Span[]): SoundReport['warnings'][number] {
  const spans = missing.map(({ start, end }) => ({ start: hundredths(start), end: hundredths(end) }))
  const named = spans.slice(0, NAMED).map(placeOf)
  const more = spans.length - named.length
  return {
    code: 'media.damaged',
    message:
      `The file is damaged: what was said ${named.join(', ')} could not be read` +
      `${more > 0 ? `, nor at ${more} more places` : ''}.`,
    spans,
  }
}

function stopsEarly(places: readonly number[]): SoundReport['warnings'][number] {
  return {
    code: 'media.cut_off',
    message:
      `The recording breaks off at ${places.slice(0, NAMED).map(clock).join(', ')}, in the middle of a frame: ` +
      'it was probably not saved or sent to its end. What came after that is not in the file.',
    spans: places.map((at) => ({ start: hundredths(at), end: hundredths(at) })),
  }
}

/** The length of a gap is not always known. */
const placeOf = ({ start, end }: Span): string =>
  end > start ? `from ${clock(start)} to ${clock(end)}` : `at ${clock(start)}`

const hundredths = (seconds: number): number => Math.round(seconds * 100) / 100

/** 75.3 → 1:15.3 */
function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10)
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600]
  return `${minutes}:${(rest / 10).toFixed(1).padStart(4, '0')}`
}
