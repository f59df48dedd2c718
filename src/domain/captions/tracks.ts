import type { CaptionTrack, Platform } from '../../ports/fetcher.ts'
import { languageOf } from './language.ts'

/** Formats that `parse.ts` reads, the best first: json3 alone says which words are new. */
export const CAPTION_FORMATS = ['json3', 'vtt', 'srt'] as const
export type CaptionFormat = (typeof CAPTION_FORMATS)[number]

export interface CaptionFile {
  ext?: string | null | undefined
  url?: string | null | undefined
  protocol?: string | null | undefined
}

/** As yt-dlp lists them: platform's own language tag → files. */
export type CaptionFiles = Record<string, readonly CaptionFile[]>

/** A track and where it is. */
export interface FoundTrack extends CaptionTrack {
  format: CaptionFormat
  url: string
}

/**
 * On these, yt-dlp's listing does not tell what people wrote from what a machine heard (TikTok drops the
 * source; LinkedIn's files carry no such mark), and a transcript must not be passed off as human.
 */
const CANNOT_TELL: ReadonlySet<Platform> = new Set(['tiktok', 'linkedin'])

/**
 * The tracks of a post. Of the automatic ones only that of the spoken language counts: the others are
 * machine translations of it.
 */
export function findTracks(
  platform: Platform,
  human: CaptionFiles,
  automatic: CaptionFiles,
  spoken: string | null,
): FoundTrack[] {
  const kind = CANNOT_TELL.has(platform) ? 'automatic' : 'human'
  const found = Object.entries(human).flatMap(([tag, files]) => track(tag, kind, files))
  const heard = Object.entries(automatic)
  const original = heard.filter(([tag]) => tag.endsWith('-orig'))
  const candidates =
    original.length > 0
      ? original
      : heard.filter(([tag]) => heard.length === 1 || (spoken !== null && languageOf(tag) === spoken))
  for (const [tag, files] of candidates) found.push(...track(tag.replace(/-orig$/, ''), 'automatic', files))
  return found.filter(
    (each, i) => found.findIndex((one) => one.language === each.language && one.kind === each.kind) === i,
  )
}

function track(tag: string, kind: CaptionTrack['kind'], files: readonly CaptionFile[]): FoundTrack[] {
  const language = languageOf(tag)
  if (language === null) return []
  for (const format of CAPTION_FORMATS) {
    const file = files.find(
      (each) => each.ext === format && each.url?.startsWith('https:') && !each.protocol?.startsWith('m3u8'),
    )
    if (file?.url) return [{ language, kind, format, url: file.url }]
  }
  return []
}

export interface Wish {
  /** ISO 639-1; null: the language that is spoken. */
  language: string | null
  /** What the platform says is spoken, or null. */
  spoken: string | null
  /** Whether a machine's captions will do. */
  automatic: boolean
}

/**
 * The track that can stand for the transcript: people's captions before a machine's. Without a wanted
 * and a spoken language, a track is taken only if it is the only one of its kind.
 */
export function chooseTrack<T extends CaptionTrack>(tracks: readonly T[], wish: Wish): T | null {
  const language = wish.language === null ? wish.spoken : languageOf(wish.language)
  const kinds: CaptionTrack['kind'][] = wish.automatic ? ['human', 'automatic'] : ['human']
  for (const kind of kinds) {
    const ofKind = tracks.filter((each) => each.kind === kind)
    const fits =
      language === null
        ? ofKind.length === 1 && wish.language === null
          ? ofKind[0]
          : undefined
        : ofKind.find((each) => languageOf(each.language) === language)
    if (fits) return fits
  }
  return null
}
