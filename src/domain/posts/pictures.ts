/** Which media of a post in Soku's shape are pictures that a platform shows itself. */
import { DomainError } from '../errors.ts'

/** Of one post: Bluesky's lexicon and Mastodon agree. */
export const MOST_PICTURES = 4

/** As far as it is kept with a post. */
export interface PostMedia {
  mediaType?: 'video' | 'image' | 'text' | undefined
  mediaUrls?: string[] | undefined
  videoUrl?: string | undefined
  imageUrls?: string[] | undefined
}

/** The addresses of its pictures, each once: `imageUrls`, and `mediaUrls` where they are said to be pictures. */
export const picturesOf = ({ mediaType, mediaUrls = [], imageUrls = [] }: PostMedia): string[] => [
  ...new Set([...imageUrls, ...(mediaType === 'image' ? mediaUrls : [])]),
]

/** Mastodon and Bluesky get text and pictures; a webhook is told everything. @throws DomainError `request.invalid` */
export function requirePostable(media: PostMedia, platforms: readonly string[]): void {
  const there = platforms.find((platform) => platform === 'mastodon' || platform === 'bluesky')
  if (there === undefined) return
  const refuse = (field: keyof PostMedia, message: string): never => {
    throw new DomainError('request.invalid', message, {
      field: `post.content.${field}`,
      reason: 'unsupported',
    })
  }
  const instead = 'Put its address into the text, or post through a webhook, which is told all of it.'
  if (media.videoUrl !== undefined) refuse('videoUrl', `Earshot does not post videos to ${there}. ${instead}`)
  if (media.mediaType === 'video') refuse('mediaType', `Earshot does not post videos to ${there}. ${instead}`)
  if (media.mediaType !== 'image' && (media.mediaUrls ?? []).length > 0)
    refuse(
      'mediaUrls',
      `Earshot posts text and pictures to ${there}. For pictures, set mediaType to "image".`,
    )
  const pictures = picturesOf(media)
  const field = (media.imageUrls ?? []).length > 0 ? 'imageUrls' : 'mediaUrls'
  if (media.mediaType === 'image' && pictures.length === 0)
    refuse('mediaType', 'A post with mediaType "image" needs imageUrls or mediaUrls.')
  if (pictures.length > MOST_PICTURES)
    refuse(field, `A post on ${there} has at most ${MOST_PICTURES} pictures.`)
}
