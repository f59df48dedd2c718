import { useMemo } from 'react'
import { momentOn } from '../../../../src/contract/moment-on.ts'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { exportUrl, mediaUrl, useMedia } from './data.ts'
import type { Moments } from './moment.tsx'
import type { Media } from './player.tsx'
import type { Playhead } from './playhead.ts'

type Source = TranscriptionReply['source']

const mediaIdOf = (source: Source): string | undefined =>
  source.kind === 'link' ? undefined : (source.mediaId ?? undefined)

/** What can be played, and what the times lead to. */
export function useMoments({ id, source, detectedLanguage }: TranscriptionReply, playhead: Playhead) {
  const mediaId = mediaIdOf(source)
  const stored = useMedia(mediaId)
  const { mediaId: storedId, hasVideo = false } = stored.data ?? {}
  const media = useMemo<Media | undefined>(
    () =>
      storedId === undefined
        ? undefined
        : {
            src: mediaUrl(storedId),
            video: hasVideo,
            captions: exportUrl(id, 'vtt'),
            language: detectedLanguage ?? undefined,
          },
    [storedId, hasVideo, id, detectedLanguage],
  )
  const playable = mediaId !== undefined && !stored.isError
  const moments = useMemo<Moments>(() => {
    if (playable) return { kind: 'play', playhead }
    const href = momentOn(source)
    return href ? { kind: 'link', href } : { kind: 'none' }
  }, [playable, playhead, source])
  return { media, moments, elsewhere: !playable, mediaId: storedId }
}
