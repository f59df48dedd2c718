import { useState } from 'react'
import type { Segments } from '../editor/segments.ts'
import { type Chapter, chaptersOf } from './chapters.ts'

/** Made anew when lines come or go, not with every letter that is typed. */
export function useChapters(segments: Segments): readonly Chapter[] {
  const [made, setMade] = useState(() => ({ of: segments.length, chapters: chaptersOf(segments) }))
  if (made.of !== segments.length) setMade({ of: segments.length, chapters: chaptersOf(segments) })
  return made.chapters
}
