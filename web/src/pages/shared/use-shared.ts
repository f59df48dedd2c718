import { useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { SharedReply } from '../../../../src/contract/shares.ts'
import { keyed } from '../transcript/editor/segments.ts'
import type { Moments } from '../transcript/moment.tsx'
import { useChapters } from '../transcript/outline/use-chapters.ts'
import { useSpeakers } from '../transcript/speakers/use-speakers.ts'
import { useKeys } from '../transcript/use-keys.ts'
import { useReading } from '../transcript/use-reading.ts'

/** What the parts of the page share: the text, where one is in it, who speaks. */
export function useShared(token: string, reply: SharedReply) {
  const [segments] = useState(() => keyed(reply.transcript.segments))
  const reading = useReading(segments, useSearch({ from: '/shared/$token' }))
  const { playhead } = reading
  useKeys(playhead)
  const { media } = reply
  const moments = useMemo<Moments>(
    () => (media ? { kind: 'play', playhead } : { kind: 'none' }),
    [media, playhead],
  )
  return {
    token,
    reply,
    segments,
    reading,
    moments,
    speakers: useSpeakers(segments),
    chapters: useChapters(segments),
  }
}

export type Shared = ReturnType<typeof useShared>
