/** What is read of yt-dlp's description of a post, and what follows from it before anything is downloaded. */
import { z } from 'zod'
import { languageOf } from '../../domain/captions/language.ts'
import { type FoundTrack, findTracks } from '../../domain/captions/tracks.ts'
import { FetchError, type FetchLimits, type MediaLink, type ProbedMedia } from '../../ports/fetcher.ts'
import { MESSAGES, tooLarge } from './classify.ts'

// Extractors are many and loose: a field of an unexpected shape counts as missing.
const text = z.string().nullish().catch(null)
const number = z.number().nullish().catch(null)
const captionFiles = z
  .record(z.string(), z.array(z.object({ ext: text, url: text, protocol: text })))
  .nullish()
  .catch(null)

const post = z.object({
  title: text,
  uploader: text,
  channel: text,
  uploader_id: text,
  duration: number,
  language: text,
  live_status: text,
  is_live: z.boolean().nullish().catch(null),
  acodec: text,
  filesize: number,
  thumbnail: text,
  formats: z
    .array(z.object({ acodec: text, language: text }))
    .nullish()
    .catch(null),
  subtitles: captionFiles,
  automatic_captions: captionFiles,
})

export type PostInfo = z.output<typeof post>

const playlist = z.object({ _type: z.literal('playlist'), entries: z.array(z.unknown()) })
const withFormats = z.object({ formats: z.array(z.unknown()).min(1) })

/**
 * The post in `-J`'s output, as JSON; of several (an album, a post with two videos) the first that is a video.
 * @throws FetchError
 */
export function choosePost(json: string): string {
  const value = parseJson(json)
  const list = playlist.safeParse(value)
  const chosen = (list.success ? list.data.entries : [value]).find(
    (each) => withFormats.safeParse(each).success,
  )
  if (chosen === undefined) throw new FetchError('no_video', MESSAGES.no_video)
  return JSON.stringify(chosen)
}

/** @throws FetchError */
export function readInfo(json: string): PostInfo {
  const parsed = post.safeParse(parseJson(json))
  if (!parsed.success) throw new FetchError('extractor_outdated', MESSAGES.extractor_outdated)
  return parsed.data
}

/** @throws FetchError */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new FetchError('extractor_outdated', MESSAGES.extractor_outdated, { cause })
  }
}

/** @throws FetchError where the post cannot or may not be fetched */
export function decide(info: PostInfo, limits: FetchLimits): void {
  const no = (code: FetchError['code'], message = MESSAGES[code]): never => {
    throw new FetchError(code, message)
  }
  if (info.live_status === 'is_upcoming') no('upcoming')
  if (info.live_status === 'is_live' || info.live_status === 'post_live' || info.is_live) no('live')
  if (info.duration && info.duration > limits.maxSeconds) {
    no(
      'too_long',
      `The video is longer than this server allows (${Math.floor(limits.maxSeconds / 60)} minutes).`,
    )
  }
  if (info.filesize && info.filesize > limits.maxBytes) throw tooLarge(limits.maxBytes)
  if (info.acodec === 'none') no('no_audio')
}

export function tracksOf(link: MediaLink, info: PostInfo): FoundTrack[] {
  return findTracks(link.platform, info.subtitles ?? {}, info.automatic_captions ?? {}, info.language ?? null)
}

export function describe(link: MediaLink, info: PostInfo, infoPath: string): ProbedMedia {
  const tracks = tracksOf(link, info)
  const automatic = tracks.find(({ kind }) => kind === 'automatic')
  const thumbnail = info.thumbnail?.startsWith('https:') ? info.thumbnail : null
  return {
    title: info.title ?? null,
    author: info.uploader ?? info.channel ?? info.uploader_id ?? null,
    duration: info.duration && info.duration > 0 ? info.duration : null,
    // YouTube's recogniser writes in the language that it hears.
    language:
      languageOf(info.language) ?? (link.platform === 'youtube' ? (automatic?.language ?? null) : null),
    captions: tracks.map(({ language, kind }) => ({ language, kind })),
    thumbnailUrl: thumbnail,
    infoPath,
  }
}
