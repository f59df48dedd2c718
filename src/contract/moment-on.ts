import type { TranscriptionReply } from './native.ts'

type Source = TranscriptionReply['source']

/** Where a moment can be opened at its source, for recordings that are not here. Undefined: nowhere. */
export function momentOn(source: Source): ((seconds: number) => string) | undefined {
  if (source.kind === 'link' && source.platform === 'youtube')
    return (seconds) =>
      `https://www.youtube.com/watch?v=${encodeURIComponent(source.id)}&t=${Math.floor(seconds)}s`
  // Browsers play a media file from the moment that its address's fragment names.
  if (source.kind === 'url') return (seconds) => `${source.url.replace(/#.*/s, '')}#t=${Math.floor(seconds)}`
  return undefined
}
