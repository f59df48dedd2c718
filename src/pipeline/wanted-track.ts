import { chooseTrack } from '../domain/captions/tracks.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import { type CaptionTrack, FetchError, type ProbedMedia } from '../ports/fetcher.ts'

type CaptionWishes = Pick<TranscriptionRow, 'mode' | 'language'>

/** The captions that the request wants instead of recognition. @throws FetchError where it takes nothing else */
export function wantedTrack(
  { mode, language }: CaptionWishes,
  probed: Pick<ProbedMedia, 'captions' | 'language'>,
): CaptionTrack | undefined {
  if (mode === 'speech') return undefined
  const track = chooseTrack(probed.captions, {
    language,
    spoken: probed.language,
    automatic: mode === 'automatic',
  })
  if (!track && mode !== 'auto')
    throw new FetchError(
      'captions_missing',
      `The post has no ${mode === 'captions' ? 'human ' : ''}captions${language ? ` in “${language}”` : ''}.`,
    )
  return track ?? undefined
}
