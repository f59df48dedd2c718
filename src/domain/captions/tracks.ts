import type { CaptionTrack, Platform } from '../../ports/fetcher.ts'
import { fits, isTranslated, languageOf, readTag } from './language.ts'

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
 * machine translations of it. Of several in one language the first is that of the spoken region, then one
 * without a name of its own ("Director's commentary").
 * @param spoken the platform's own tag, `pt-BR`
 */
export function findTracks(
  platform: Platform,
  human: CaptionFiles,
  automatic: CaptionFiles,
  spoken: string | null,
): FoundTrack[] {
  const kind = CANNOT_TELL.has(platform) ? 'automatic' : 'human'
  const speech = readTag(spoken)
  const found = inOrder(Object.entries(human), speech?.region).flatMap(([tag, files]) =>
    track(tag, kind, files),
  )
  const heard = Object.entries(automatic).filter(([tag]) => platform !== 'youtube' || !isTranslated(tag))
  const original = heard.filter(([tag]) => ORIGINAL.test(tag))
  const candidates =
    original.length > 0
      ? original
      : heard.filter(([tag]) => heard.length === 1 || serves(speech?.language, languageOf(tag)))
  for (const [tag, files] of inOrder(candidates, speech?.region))
    found.push(...track(tag.replace(ORIGINAL, ''), 'automatic', files))
  return found.filter(
    (each, i) => found.findIndex((one) => one.language === each.language && one.kind === each.kind) === i,
  )
}

const ORIGINAL = /-orig$/

const serves = (wanted: string | null | undefined, language: string | null): boolean =>
  wanted != null && language !== null && fits(wanted, language) !== null

function inOrder<T>(tracks: [string, T][], region: string | null | undefined): [string, T][] {
  const rank = (tag: string): number => {
    const read = readTag(tag)
    const elsewhere = !region || read?.region === region ? 0 : read?.region === null ? 2 : 4
    return elsewhere + (read?.named ? 1 : 0)
  }
  return tracks.sort(([a], [b]) => rank(a) - rank(b))
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
  /** The language that the platform says is spoken, or null. */
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
    const chosen = language === null ? only(ofKind, wish) : closest(ofKind, language)
    if (chosen) return chosen
  }
  return null
}

const only = <T>(tracks: readonly T[], { language }: Wish): T | undefined =>
  tracks.length === 1 && language === null ? tracks[0] : undefined

const NEVER = 9

function closest<T extends CaptionTrack>(tracks: readonly T[], language: string): T | undefined {
  const close = (each: T): number => fits(language, languageOf(each.language) ?? '') ?? NEVER
  const [best] = [...tracks].sort((a, b) => close(a) - close(b))
  return best && close(best) < NEVER ? best : undefined
}
